/** The month's sessions like a cinema's programme: today or this week large, then the month. */

import { el } from "../../core/dom";
import { clockTime } from "../../core/words";
import { bill, courses as coursesOf, dayOf, type Programme, type Session } from "../../core/sessions";
import type { Turn } from "../../core/playing/schedule";
import { block, code, dayWords, head, piece, titleOf, type Sight } from "./sight";
import { facts, inOnePiece, round } from "./vacancies";

const BIG = 4;
const COURSES = 4;
const FEW = 2;
const PAGE = "/programme/";

export function programme(turn: Turn, sight: Sight): HTMLElement | null {
  const sessions = (sight.data?.data as Programme | undefined)?.sessions ?? [];
  const { when, big, rest } = bill(sessions, sight.now, sight.upright ? BIG + 1 : BIG);
  if (big.length === 0) return null;
  const title = titleOf(turn, sight) || sight.say("programme");
  const large = el("ol", "window-bill__big", ...big.map((one) => poster(one, sight)));
  const month = el("ol", "window-bill__month", ...rest.map((one, n) => line(one, rest[n - 1], sight)));
  large.dataset["fits"] = month.dataset["fits"] = "1";
  return block(
    "bill",
    piece("head", head(title, sight), sight.panels > 1 ? null : scan(turn, sight)),
    piece("big", el("h2", "window-eyebrow", sight.say(when)), large),
    rest.length > 0 ? piece("month", el("h2", "window-eyebrow", sight.say("month")), month, el("p", "window-more")) : null,
    sight.panels > 1 ? piece("scan", scan(turn, sight)) : null,
  );
}

export function courses(turn: Turn, sight: Sight): HTMLElement | null {
  const sessions = (sight.data?.data as Programme | undefined)?.sessions ?? [];
  const rows = coursesOf(sessions, sight.now);
  if (rows.length === 0) return null;
  const most = Math.min(COURSES, sight.panels > 1 ? sight.panels - 1 : COURSES, rows.length);
  const title = titleOf(turn, sight) || sight.say("courses");
  const isFew = most <= FEW;
  const page = round(rows, sight.from, most).map(({ next, more }) => course(next, more, sight, isFew));
  const whole = block("cards", piece("head", head(title, sight)), ...page);
  whole.dataset["counts"] = "1";
  if (isFew) whole.dataset["grows"] = "1";
  return whole;
}

function scan(turn: Turn, sight: Sight): HTMLElement | null {
  return code(turn.item.qr ?? PAGE, sight.say("scan_programme"), sight);
}

/** One of the large ones: day, time, what, where. */
function poster(session: Session, sight: Sight): HTMLElement {
  const start = Date.parse(session.starts_at);
  const row = el(
    "li",
    "window-poster",
    el("p", "window-poster__when", el("span", "window-poster__day", dayWords(start, sight.lang)), el("span", "window-poster__time", span(session))),
    el("div", "window-poster__what", el("h3", "window-poster__title", session.title), el("p", "window-poster__place", ...facts([kindOf(session), place(session)]))),
  );
  row.dataset["gives"] = "1";
  return struck(row, session, sight);
}

/** One line of the month. The day is said once, at its first session. */
function line(session: Session, before: Session | undefined, sight: Sight): HTMLElement {
  const start = Date.parse(session.starts_at);
  const isNew = !before || dayOf(before) !== dayOf(session);
  const row = el(
    "li",
    isNew ? "window-line" : "window-line window-line--same",
    el("span", "window-line__day", isNew ? dayWords(start, sight.lang) : ""),
    el("span", "window-line__time", clockTime(start)),
    el("span", "window-line__kind", kindOf(session)),
    el("span", "window-line__title", session.title),
  );
  row.dataset["gives"] = "1";
  return struck(row, session, sight);
}

/** Where there is room, also what it is about. */
function course(session: Session, more: number, sight: Sight, isTold: boolean): HTMLElement {
  const { say, lang } = sight;
  const words = el(
    "div",
    "window-card__words",
    el("h2", "window-card__title", session.title),
    el("p", "window-card__pay", `${dayWords(Date.parse(session.starts_at), lang)} ${span(session)}`),
    el("p", "window-card__place", ...facts([place(session)])),
    isTold && session.summary ? el("p", "window-card__place", session.summary) : null,
    el("p", "window-card__tags", ...facts([session.seats === null ? "" : say("seats", { n: session.seats }), more > 0 ? say("more_dates", { n: more }) : ""])),
  );
  const one = piece("card", words, code(session.url, say("scan_course"), sight));
  one.dataset["gives"] = "1";
  return one;
}

/** A cancelled one stays on the bill, struck and with the word: people have noted it down. */
function struck(row: HTMLElement, session: Session, sight: Sight): HTMLElement {
  if (session.state !== "cancelled") return row;
  row.classList.add("window-struck");
  row.append(el("strong", "window-struck__word", sight.say("cancelled")));
  return row;
}

function span(session: Session): string {
  return inOnePiece(`${clockTime(Date.parse(session.starts_at))}–${clockTime(Date.parse(session.ends_at))}`);
}

/** A night market called night market need not be said to be one. */
function kindOf(session: Session): string {
  return session.title === session.kind_label ? "" : session.kind_label;
}

function place(session: Session): string {
  return [session.place, session.room].filter(Boolean).join(" ");
}
