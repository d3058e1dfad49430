/** What stands over the map: legend with its steps, what is not on it, what it is, and a reading of one cell. */

import { el } from "../core/dom";
import { clockTime, counted, type Say } from "../core/words";
import { ranges, type Cell, type MapAnswer } from "./cells";

export type { Say };

export class Panel {
  readonly canvas = el("div", "ym-map__canvas");
  readonly #stage = el("div", "ym-map__stage");
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
    this.#stage.append(this.canvas, this.#reading, this.#gone);
    host.replaceChildren(this.#stage, this.tools, this.#legend, this.#note);
  }

  /** This will print whom to name, in a strip of its own below the map: it never lies over a station. */
  credits(lines: string[]): void {
    this.#note.textContent = lines.join(" · ");
  }

  /** What lies over the map, in CSS pixels from its top and from its right; 0 where it stands below (on a phone). */
  get covered(): { legend: number; tools: number } {
    const over = (part: HTMLElement): boolean => getComputedStyle(part).position === "absolute";
    const [legend, tools] = [this.#legend, this.tools];
    return {
      legend: over(legend) ? legend.offsetTop + legend.offsetHeight : 0,
      tools: over(tools) ? tools.offsetWidth : 0,
    };
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
