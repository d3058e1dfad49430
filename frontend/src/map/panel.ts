/** What stands over the map: legend with its steps, what is not on it, what it is, and a reading of one cell. */

import { el } from "../core/dom";
import { clockTime, counted, type Values } from "../core/words";
import { ranges, type Cell, type MapAnswer } from "./cells";

export type Say = (key: string, values?: Values) => string;

export class Panel {
  readonly canvas = el("div", "ym-map__canvas");
  readonly tools = el("div", "ym-map__tools");
  readonly #legend = el("div", "ym-map__legend");
  readonly #reading = el("p", "ym-map__reading");
  readonly #note = el("p", "ym-map__note");
  readonly #gone = el("div", "ym-map__gone");

  constructor(
    host: HTMLElement,
    private readonly say: Say,
  ) {
    this.#reading.setAttribute("aria-live", "polite");
    this.#gone.hidden = true;
    this.#note.textContent = [say("schematic"), say("attribution")].filter(Boolean).join(" · ");
    host.replaceChildren(this.canvas, this.#legend, this.tools, this.#reading, this.#note, this.#gone);
  }

  /** This will print the legend for an answer: the ranges, the time, and how many are not on the map. */
  legend(answer: MapAnswer, steps: number[]): void {
    const title = el("p", "ym-map__legend-title", this.say("legend"));
    const list = el("ol", "ym-map__steps");
    ranges(steps).forEach((range, step) => {
      const item = el("li");
      item.append(el("span", `ym-map__swatch ym-map__swatch--${step + 1}`), el("span", "", range));
      list.append(item);
    });
    const parts = [this.say("as_of", { time: clockTime(Date.parse(answer.as_of)) })];
    if (answer.unplaced_openings) parts.push(this.say("unplaced", { n: counted(answer.unplaced_openings) }));
    this.#legend.replaceChildren(title, list, ...parts.map((part) => el("p", "ym-map__small", part)));
  }

  /** This will read one cell out: people wanted, vacancies, usual pay. */
  reading(cell: Cell | null): void {
    this.#reading.textContent = cell
      ? [
          this.say("cell", { n: counted(cell.openings), v: counted(cell.vacancies) }),
          ...(cell.pay === null ? [] : [this.say("pay", { yuan: counted(Math.round(cell.pay)) })]),
        ].join(" · ")
      : "";
  }

  /** This will say that no map can be shown here; the list beside it stands. */
  gone(key: "no_webgl" | "no_data"): void {
    this.#gone.textContent = this.say(key);
    this.#gone.hidden = false;
  }

  back(): void {
    this.#gone.hidden = true;
  }

  button(words: string, label: string, act: () => void, life: AbortSignal): HTMLButtonElement {
    const button = el("button", "ym-map__tool", words) as HTMLButtonElement;
    button.type = "button";
    if (label !== words) button.setAttribute("aria-label", label);
    button.addEventListener("click", act, { signal: life });
    this.tools.append(button);
    return button;
  }
}
