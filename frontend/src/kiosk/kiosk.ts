/** The kiosk: the ordinary look in large type, and what a machine in a room needs. */
import "../tokens/base.css";
import "./kiosk.css";
import "../elements";
import "../map/lazy";
import "./back";
import "./idle";
import "./keypad";
import "./read";
