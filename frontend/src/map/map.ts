import type { FeatureCollection } from "geojson";
import { define, Element } from "../core/element";
import { after } from "../core/time";
import { wordsFrom } from "../core/words";
import { alike, cellAt, polygons, stepsFor, type Cell, type MapAnswer } from "./cells";
import { into, outOf, type Place } from "./crs";
import { groundFrom, schematic, sideBySide, Trust, type Ground } from "./ground";
import { GlMap, type ErrorEvent, type GeoJSONSource, type MapLayerMouseEvent, type MapMouseEvent } from "./maplibre";
import { namesIn, type View } from "./names";
import { Panel, type Say } from "./panel";
import { ringsRound } from "./rings";
import { paletteOf, styleFor, TILES, type Look } from "./style";
import "./map.css";

/** The window the map opens on: our sub-district with a little air. */
const HOME: [Place, Place] = [[121.394, 31.203], [121.4146, 31.2172]]; // prettier-ignore
const WORLD: [Place, Place] = [[121.355, 31.175], [121.455, 31.25]]; // prettier-ignore
const NOTHING: FeatureCollection = { type: "FeatureCollection", features: [] };
const GROUND = "/api/v1/basemap";
/** Every tile is drawn by itself, layer after layer, in every frame: all of ours stands on one, 34 km wide and true to
    four metres (measured against tiles of each zoom: half the calls a frame). Dashes round a ring need the metre. */
const [ONE_TILE, DASHED] = [10, 12];
/** The width of a station's name beside its point, in pixels of a page: five signs, or eight letters a line. */
const NAME_PX = 85;
/** As a share of the map's height. */
const AIR = 0.03;
/** No screen draws more than this many pixels per CSS pixel: a weak GPU fills them all, and nobody sees them. */
const MOST_PIXELS = 1.5;

/** `<ym-map src words …>`: the employment map. See README.md for its attributes and events. */
export class EmploymentMap extends Element {
  static readonly observedAttributes = ["src", "chosen"];
  #life: AbortSignal | null = null;
  #gl: GlMap | null = null;
  #panel: Panel | null = null;
  #say: Say = (key) => key;
  #answer: MapAnswer | null = null;
  /** What the style was made with. */
  #styled: MapAnswer | null = null;
  #steps: number[] = [];
  #flat = false;
  #losses: number[] = [];
  #ground: Ground = { system: "wgs84", credits: [], tiles: [], deepest: 18, features: [] };
  #named = "";
  #isClear = false;
  #wanted = 90;

  protected start(life: AbortSignal): void {
    this.#life = life;
    this.#say = wordsFrom(this.word("words"));
    this.#panel = new Panel(this, this.#say);
    this.#flat = this.hasAttribute("flat");
    this.#panel.credits([this.#say("schematic"), this.#say("attribution")]);
    life.addEventListener("abort", () => this.#giveBack(), { once: true });
    void this.#begin(life);
  }

  /** The ground first, so that nothing is drawn twice. */
  async #begin(life: AbortSignal): Promise<void> {
    const src = this.word("basemap") || GROUND;
    const drawn = (): Promise<Ground> => this.#drawing();
    const ground = await (src === "schematic" ? drawn() : groundFrom(src, drawn, life));
    if (life.aborted) return;
    this.#ground = ground;
    this.#panel?.credits(ground.credits);
    this.#draw(life);
    this.#watchTheme(life);
    if (this.#answer) this.#show(this.#answer);
    void this.#ask(life);
  }

  #drawing(): Promise<Ground> {
    const file = `${import.meta.env.BASE_URL}geo/tianshan_schematic.geojson?v=${__GEO_VERSION__}`;
    return schematic(file, [this.#say("schematic"), this.#say("attribution")]);
  }

  attributeChangedCallback(name: string): void {
    if (!this.#life || this.#life.aborted) return;
    if (name === "src") void this.#ask(this.#life);
    if (name === "chosen") this.#mark();
  }

  /** The wall hands its own answer over, the one it keeps when the line is cut. */
  set answer(answer: MapAnswer) {
    const moved = !alike(this.#answer, answer);
    this.#answer = answer;
    if (this.#panel && moved) this.#show(answer);
    else this.#panel?.legend(answer, this.#steps);
  }

  /** This will go back to the window the map opened on. */
  home(): void {
    this.#gl?.fitBounds(this.#placed(HOME), { ...this.#camera(), duration: 600 });
  }

  #draw(life: AbortSignal): void {
    try {
      this.#gl = this.#made();
    } catch {
      return this.#lost("no_webgl");
    }
    const gl = this.#gl;
    gl.on("idle", () => this.#ready());
    gl.on("style.load", () => this.#catchUp());
    gl.on("load", () => this.#moved());
    gl.on("moveend", () => this.#moved());
    gl.on("resize", () => this.#moved());
    gl.on("click", ["cells", "chosen"], (event) => this.#tapped(event));
    gl.on("click", (event) => this.#touched(event));
    gl.on("mousemove", (event) => this.#pointed(gl, event));
    gl.on("mouseout", () => this.#panel?.reading(this.#chosenCell()));
    gl.on("webglcontextlost", () => this.#contextLost(life));
    gl.on("zoomend", () => void this.#ask(life));
    this.#watchTiles(gl);
    this.#buttons(life);
  }

  #made(): GlMap {
    const canvas = this.#panel?.canvas as HTMLElement;
    return new GlMap({
      container: canvas,
      style: styleFor(this.#look(), this.#sources()),
      bounds: this.#placed(HOME),
      fitBoundsOptions: this.#camera(),
      maxBounds: this.#placed(WORLD),
      minZoom: 11,
      maxPitch: 60,
      attributionControl: false,
      localIdeographFontFamily: getComputedStyle(this).fontFamily,
      locale: { "Map.Title": this.#say("label") },
      pixelRatio: Math.min(devicePixelRatio, MOST_PIXELS),
      fadeDuration: 0,
      dragRotate: false,
      touchPitch: false,
    });
  }

  #look(): Look {
    const language = (this.closest("[lang]") as HTMLElement | null)?.lang.startsWith("en") ? "en" : "zh";
    return {
      palette: paletteOf(this),
      language,
      k: this.#k(),
      text: Number(this.word("text") || 1),
      flat: this.#flat,
      tiled: this.#ground.tiles.length > 0,
    };
  }

  /** The surface's rem against the rem it was designed with: MapLibre thinks in pixels. */
  #k(): number {
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    return Math.max(0.6, rem / Number(this.word("unit") || 16));
  }

  /** Columns rise above the ground that is fitted: they need air below the legend. */
  #camera(): { pitch: number; bearing: number; padding: { top: number; bottom: number; left: number; right: number } } {
    const air = this.#flat ? 8 : Math.round((this.#panel?.covered.legend ?? 0) + AIR * this.clientHeight);
    const padding = { top: air, bottom: 8, left: 8, right: 8 };
    return { pitch: this.#flat ? 0 : 46, bearing: this.#flat ? 0 : -8, padding };
  }

  #sources(): Parameters<typeof styleFor>[1] {
    this.#styled = this.#answer;
    const { tiles, deepest, features } = this.#ground;
    const layers = tiles.map((urls, i) => [
      `${TILES}${i}`,
      { type: "raster", tiles: urls, tileSize: 256, maxzoom: deepest },
    ]);
    return {
      ...(Object.fromEntries(layers) as Parameters<typeof styleFor>[1]),
      base: { type: "geojson", data: { type: "FeatureCollection", features: sideBySide(features) }, maxzoom: ONE_TILE },
      cells: { type: "geojson", data: this.#cells(), maxzoom: ONE_TILE },
      rings: { type: "geojson", data: this.#rings(), maxzoom: DASHED },
      // One tile holds the whole street at this zoom: of every further tile a name would be written again.
      names: { type: "geojson", data: this.#names(), maxzoom: ONE_TILE },
    };
  }

  #cells(): FeatureCollection {
    return this.#answer ? polygons(this.#answer, this.#steps, into(this.#ground.system)) : NOTHING;
  }

  #rings(): FeatureCollection {
    const [lon, lat] = this.word("centre").split(",").map(Number);
    if (!lon || !lat) return NOTHING;
    const minutes = (name: string): number[] => this.word(name).split(/[ ,]+/).filter(Boolean).map(Number);
    const words = { walk: "ring", ride: "ride" };
    return ringsRound(
      [lon, lat],
      { walk: minutes("rings"), ride: minutes("ride") },
      (by, n) => this.#say(words[by], { n }),
      into(this.#ground.system),
    );
  }

  #placed(window: [Place, Place]): [Place, Place] {
    const place = into(this.#ground.system);
    return [place(window[0]), place(window[1])];
  }

  #names(): FeatureCollection {
    if (!this.#gl) return NOTHING;
    // A name of four signs below its point takes about 30 px to each side and 34 below.
    const letters = this.#k() * Number(this.word("text") || 1);
    const view = this.#view(this.#gl, 30 * letters, 10 * letters);
    const below = this.#view(this.#gl, 30 * letters, 34 * letters);
    const beside = this.#view(this.#gl, NAME_PX * letters, 10 * letters);
    return namesIn(view, this.#ground.features, { below, beside });
  }

  /** What one sees of the ground, less a margin and what legend and buttons cover. */
  #view(gl: GlMap, edge: number, foot: number): View {
    const { clientWidth: width, clientHeight: height } = gl.getContainer();
    const { legend = 0, tools = 0 } = this.#panel?.covered ?? {};
    const [top, right] = [Math.min(legend + 10 * this.#k(), height / 2), width - edge - tools];
    const corners = [[edge, top], [right, top], [right, height - foot], [edge, height - foot]]; // prettier-ignore
    return corners.map((corner) => gl.unproject(corner as Place).toArray());
  }

  /** Names follow the view: whole, and none at the edge. */
  #moved(): void {
    const data = this.#names();
    const named = JSON.stringify(data);
    const source = this.#gl?.getSource("names") as GeoJSONSource | undefined;
    if (!source || named === this.#named) return;
    this.#named = named;
    source.setData(data);
  }

  /** Tiles that do not come give way to our own drawing, which needs no network. */
  #watchTiles(gl: GlMap): void {
    const trust = new Trust();
    gl.on("data", (event) => {
      if ("tile" in event && String(event.sourceId).startsWith(TILES)) trust.came();
    });
    gl.on("error", (event) => {
      const { sourceId } = event as ErrorEvent & { sourceId?: string };
      if (!sourceId?.startsWith(TILES)) return console.warn("map", event.error);
      if (trust.failed() && this.#ground.tiles.length) void this.#giveUpTiles();
    });
  }

  async #giveUpTiles(): Promise<void> {
    this.#ground = { ...this.#ground, tiles: [] };
    this.#ground = await this.#drawing();
    this.#panel?.credits(this.#ground.credits);
    this.#restyle();
    this.#gl?.setMaxBounds(this.#placed(WORLD));
    this.#gl?.fitBounds(this.#placed(HOME), { ...this.#camera(), animate: false });
  }

  async #ask(life: AbortSignal): Promise<void> {
    this.#want();
    const src = this.word("src").replace("{radius}", String(this.#radius()));
    if (!src || src === this.dataset["asked"]) return;
    this.dataset["asked"] = src;
    try {
      const response = await fetch(src, { headers: { Accept: "application/json" }, signal: life });
      if (!response.ok) throw new Error(`${src}: ${response.status}`);
      this.answer = (await response.json()) as MapAnswer;
    } catch (error) {
      delete this.dataset["asked"];
      // What is drawn stays; only an empty map has to say something.
      if (!life.aborted && !this.#answer) this.#lost("no_data");
      if (!life.aborted) console.warn("map data", error);
    }
  }

  /** Whoever sets the answer is told when another size of cells would serve better. */
  #want(): void {
    const radius = this.#radius();
    if (radius === this.#wanted || !this.#gl) return;
    this.#wanted = radius;
    this.dispatchEvent(new CustomEvent<number>("radius-wanted", { detail: radius, bubbles: true }));
  }

  /** Near, middle, far: the cells of places/hexes.py. */
  #radius(): number {
    const zoom = (this.#gl?.getZoom() ?? 15) - Math.log2(this.#k());
    return zoom >= 13.6 ? 90 : zoom >= 12.6 ? 180 : 360;
  }

  #show(answer: MapAnswer): void {
    this.#steps = stepsFor(answer.n);
    this.#panel?.legend(answer, this.#steps);
    if (this.#gl) this.#panel?.back();
    this.#clearTheLegend();
    const source = this.#gl?.getSource("cells") as GeoJSONSource | undefined;
    source?.setData(this.#cells());
    this.#mark();
    this.#moved();
  }

  /** An answer that came while the style was still on its way has found no source to go to. */
  #catchUp(): void {
    if (this.#answer && this.#answer !== this.#styled) this.#show(this.#answer);
  }

  /** The first answer gives the legend its height, and the ground its place below it. */
  #clearTheLegend(): void {
    if (!this.#gl || this.#isClear) return;
    this.#isClear = true;
    this.#gl.fitBounds(this.#placed(HOME), { ...this.#camera(), animate: false });
  }

  /** Any tap says where it was, in WGS-84 whatever the map is drawn in. */
  #touched(event: MapMouseEvent): void {
    const [lon, lat] = outOf(this.#ground.system)([event.lngLat.lng, event.lngLat.lat]);
    this.dispatchEvent(new CustomEvent("place-tapped", { detail: { lon, lat }, bubbles: true }));
  }

  /** Looking for the column under the pointer costs more than drawing the frame: not while the map moves. */
  #pointed(gl: GlMap, event: MapMouseEvent): void {
    if (gl.isMoving() || !gl.getLayer("cells")) return;
    const features = gl.queryRenderedFeatures(event.point, { layers: ["cells"] });
    this.#panel?.reading(this.#cellOf(features) ?? this.#chosenCell());
  }

  #tapped(event: MapLayerMouseEvent): void {
    const cell = this.#cellOf(event.features);
    if (!cell) return;
    this.setAttribute("chosen", cell.id);
    this.dispatchEvent(new CustomEvent<Cell>("cell-chosen", { detail: cell, bubbles: true }));
    // A page without a script of its own says where a tapped cell leads.
    const go = this.dataset["go"];
    if (go) location.assign(go.replace("{cell}", cell.id));
  }

  #cellOf(features: MapLayerMouseEvent["features"]): Cell | null {
    const row = features?.[0]?.properties["row"] as number | undefined;
    return this.#answer && row !== undefined ? cellAt(this.#answer, row) : null;
  }

  #chosenCell(): Cell | null {
    const rows = this.#answer?.q.keys() ?? [];
    const row = [...rows].find((i) => this.#answer && cellAt(this.#answer, i).id === this.word("chosen"));
    return this.#answer && row !== undefined ? cellAt(this.#answer, row) : null;
  }

  #mark(): void {
    const cell = this.#chosenCell();
    const row = cell && this.#answer ? this.#answer.q.findIndex((q, i) => q === cell.q && this.#answer?.r[i] === cell.r) : -1;
    if (this.#gl?.getLayer("chosen")) {
      this.#gl.setFilter("chosen", ["==", ["get", "row"], row]);
      // Two columns on one spot would flicker through each other.
      this.#gl.setFilter("cells", ["!=", ["get", "row"], this.#flat ? -1 : row]);
    }
    this.#panel?.reading(cell);
  }

  #buttons(life: AbortSignal): void {
    const panel = this.#panel;
    if (!panel || this.hasAttribute("bare")) return;
    panel.button("+", this.#say("zoom_in"), () => this.#gl?.zoomIn(), life);
    panel.button("−", this.#say("zoom_out"), () => this.#gl?.zoomOut(), life);
    const words = (): string => this.#say(this.#flat ? "tall" : "flat");
    const toggle = panel.button(words(), words(), () => {
      this.#flat = !this.#flat;
      toggle.textContent = words();
      this.#restyle();
      this.#gl?.easeTo({ ...this.#camera(), padding: undefined, duration: 400 } as object);
    }, life); // prettier-ignore
  }

  #watchTheme(life: AbortSignal): void {
    const observer = new MutationObserver(() => this.#restyle());
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    life.addEventListener("abort", () => observer.disconnect(), { once: true });
  }

  #restyle(): void {
    this.#gl?.setStyle(styleFor(this.#look(), this.#sources()));
    this.#gl?.once("idle", () => this.#mark());
  }

  #ready(): void {
    if (!this.#answer || this.dataset["ready"]) return;
    this.dataset["ready"] = "1";
    this.dispatchEvent(new CustomEvent("map-ready", { bubbles: true }));
  }

  /** The graphics went away: five seconds to come back, then a new map; the third time in ten minutes, the list. */
  #contextLost(life: AbortSignal): void {
    const now = Date.now();
    this.#losses = [...this.#losses.filter((at) => now - at < 600_000), now];
    if (this.#losses.length >= 3) return this.#lost("no_webgl");
    let restored = false;
    this.#gl?.once("webglcontextrestored", () => (restored = true));
    after(5_000, () => {
      if (restored) return;
      this.#giveBack();
      this.#draw(life);
    }, life); // prettier-ignore
  }

  #lost(why: "no_webgl" | "no_data"): void {
    if (why === "no_webgl") this.#giveBack();
    this.#panel?.gone(why);
    this.dataset["ready"] = "1";
    this.dispatchEvent(new CustomEvent("map-lost", { detail: why, bubbles: true }));
  }

  #giveBack(): void {
    this.#gl?.remove();
    this.#gl = null;
    this.#named = "";
    this.#isClear = false;
    this.#panel?.tools.replaceChildren();
  }
}

define("ym-map", EmploymentMap);
