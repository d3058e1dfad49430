/** The kiosk: the ordinary look in large type, and what a machine in a room needs. */
import "../tokens/base.css";
import "./kiosk.css";
import "./print.css";
import "../core/attached/attached";
import "../elements";
import "../map/lazy";
import "./back";
import "./handed";
import "./idle";
import "./keyboard/keyboard";
import "./keypad";
import "./offline";
import "./print";
import "./reach";
import "./read";
import "./stock";
