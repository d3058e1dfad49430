/** The display windows. */
import "../tokens/tokens.css";
import "./windows.css";
import "./pairing";
import "./player";
