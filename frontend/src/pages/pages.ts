/** Every ordinary page: the look, the small elements, and the map when a page has one. */
import "../tokens/base.css";
import "./desk.css";
import "./programme.css";
import "./screens.css";
import "../elements";
import "../map/lazy";
import "./framed";
