/** The big screen. */
import "../tokens/tokens.css";
import "./wall.css";
import "../map/map";
import "../core/attached/attached";
import "./screen";
