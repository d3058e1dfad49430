import type { FeatureCollection } from "geojson";
import { define, Element } from "../core/element";
import { after } from "../core/time";
import { wordsFrom } from "../core/words";
import { cellAt, polygons, stepsFor, type Cell, type MapAnswer } from "./cells";
import { GlMap, type GeoJSONSource, type MapLayerMouseEvent } from "./maplibre";
import { Panel, type Say } from "./panel";
import { walkingRings } from "./rings";
import { paletteOf, styleFor, type Look } from "./style";
import "./map.css";

/** The window the map opens on: our sub-district with a little air. */
const HOME: [number, number, number, number] = [121.394, 31.203, 121.4146, 31.2172];
const WORLD: [number, number, number, number] = [121.355, 31.175, 121.455, 31.25];
const NOTHING: FeatureCollection = { type: "FeatureCollection", features: [] };

/** `<ym-map src words …>`: the employment map. See README.md for its attributes. Fires `cell-chosen`. */
export class EmploymentMap extends Element {
  static readonly observedAttributes = ["src", "chosen"];
  #life: AbortSignal | null = null;
  #gl: GlMap | null = null;
  #panel: Panel | null = null;
  #say: Say = (key) => key;
  #answer: MapAnswer | null = null;
  #steps: number[] = [];
  #flat = false;
  #losses: number[] = [];

  protected start(life: AbortSignal): void {
    this.#life = life;
    this.#say = wordsFrom(this.word("words"));
    this.#panel = new Panel(this, this.#say);
    this.#flat = this.hasAttribute("flat");
    this.#draw(life);
    this.#watchTheme(life);
    if (this.#answer) this.#show(this.#answer);
    void this.#ask(life);
    life.addEventListener("abort", () => this.#giveBack(), { once: true });
  }

  attributeChangedCallback(name: string): void {
    if (!this.#life || this.#life.aborted) return;
    if (name === "src") void this.#ask(this.#life);
    if (name === "chosen") this.#mark();
  }

  /** The wall hands its own answer over, the one it keeps when the line is cut. */
  set answer(answer: MapAnswer) {
    this.#answer = answer;
    if (this.#panel) this.#show(answer);
  }

  /** This will go back to the window the map opened on. */
  home(): void {
    this.#gl?.fitBounds(HOME, { ...this.#camera(), duration: 600 });
  }

  #draw(life: AbortSignal): void {
    try {
      this.#gl = this.#made();
    } catch {
      return this.#lost("no_webgl");
    }
    const gl = this.#gl;
    gl.on("idle", () => this.#ready());
    gl.on("click", ["cells", "chosen"], (event) => this.#tapped(event));
    gl.on("mousemove", "cells", (event) => this.#panel?.reading(this.#cellOf(event)));
    gl.on("mouseleave", "cells", () => this.#panel?.reading(this.#chosenCell()));
    gl.on("webglcontextlost", () => this.#contextLost(life));
    if (this.hasAttribute("src")) gl.on("zoomend", () => void this.#ask(life));
    this.#buttons(life);
  }

  #made(): GlMap {
    const canvas = this.#panel?.canvas as HTMLElement;
    return new GlMap({
      container: canvas,
      style: styleFor(this.#look(), this.#sources()),
      bounds: HOME,
      fitBoundsOptions: this.#camera(),
      maxBounds: WORLD,
      minZoom: 11,
      maxPitch: 60,
      attributionControl: false,
      localIdeographFontFamily: getComputedStyle(this).fontFamily,
      locale: { "Map.Title": this.#say("label") },
      pixelRatio: Math.min(devicePixelRatio, this.#k() > 1.8 ? 1.5 : 2),
      fadeDuration: 0,
      dragRotate: false,
      touchPitch: false,
    });
  }

  #look(): Look {
    const language = (this.closest("[lang]") as HTMLElement | null)?.lang.startsWith("en") ? "en" : "zh";
    return { palette: paletteOf(this), language, k: this.#k(), text: Number(this.word("text") || 1), flat: this.#flat };
  }

  /** The surface's rem against the rem it was designed with: MapLibre thinks in pixels. */
  #k(): number {
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    return Math.max(0.6, rem / Number(this.word("unit") || 16));
  }

  #camera(): { pitch: number; bearing: number; padding: number } {
    return { pitch: this.#flat ? 0 : 46, bearing: this.#flat ? 0 : -8, padding: 8 };
  }

  #sources(): Parameters<typeof styleFor>[1] {
    const base = `${import.meta.env.BASE_URL}geo/tianshan_schematic.geojson?v=${__GEO_VERSION__}`;
    const cells = this.#answer ? polygons(this.#answer, this.#steps) : NOTHING;
    return {
      base: { type: "geojson", data: base },
      cells: { type: "geojson", data: cells },
      rings: { type: "geojson", data: this.#rings() },
    };
  }

  #rings(): FeatureCollection {
    const [lon, lat] = this.word("centre").split(",").map(Number);
    const minutes = this.word("rings").split(/[ ,]+/).filter(Boolean).map(Number);
    if (!lon || !lat) return NOTHING;
    return walkingRings([lon, lat], minutes, (n) => this.#say("ring", { n }));
  }

  async #ask(life: AbortSignal): Promise<void> {
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

  /** Near, middle, far: the cells of places/hexes.py. */
  #radius(): number {
    const zoom = (this.#gl?.getZoom() ?? 15) - Math.log2(this.#k());
    return zoom >= 13.6 ? 90 : zoom >= 12.6 ? 180 : 360;
  }

  #show(answer: MapAnswer): void {
    this.#steps = stepsFor(answer.n);
    this.#panel?.legend(answer, this.#steps);
    if (this.#gl) this.#panel?.back();
    const source = this.#gl?.getSource("cells") as GeoJSONSource | undefined;
    source?.setData(polygons(answer, this.#steps));
    this.#mark();
  }

  #tapped(event: MapLayerMouseEvent): void {
    const cell = this.#cellOf(event);
    if (!cell) return;
    this.setAttribute("chosen", cell.id);
    this.dispatchEvent(new CustomEvent<Cell>("cell-chosen", { detail: cell, bubbles: true }));
    // A page without a script of its own says where a tapped cell leads.
    const go = this.dataset["go"];
    if (go) location.assign(go.replace("{cell}", cell.id));
  }

  #cellOf(event: MapLayerMouseEvent): Cell | null {
    const row = event.features?.[0]?.properties["row"] as number | undefined;
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
    this.#panel?.tools.replaceChildren();
  }
}

define("ym-map", EmploymentMap);
