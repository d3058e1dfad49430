import { define, Element } from "../../core/element";

/** `<ym-text-size bigger smaller>` inside the elder mode: 20, 24, 30 px, kept in the cookie ym_text. */
class TextSize extends Element {
  protected start(life: AbortSignal): void {
    this.setAttribute("role", "group");
    const root = document.documentElement;
    set(root, size(document.cookie));
    const button = (words: string, step: number): HTMLButtonElement => {
      const made = document.createElement("button");
      Object.assign(made, { type: "button", className: "tool", textContent: words });
      made.addEventListener("click", () => keep(root, size(document.cookie) + step), { signal: life });
      return made;
    };
    this.replaceChildren(button(this.word("smaller"), -1), button(this.word("bigger"), 1));
  }
}

/** The size 1–3 that the cookie asks for. */
export function size(cookies: string): number {
  return Number(/(?:^|; )ym_text=([123])/.exec(cookies)?.[1] ?? 1);
}

function keep(root: HTMLElement, wanted: number): void {
  const kept = Math.min(3, Math.max(1, wanted));
  document.cookie = `ym_text=${kept}; path=/; max-age=31536000; samesite=lax`;
  set(root, kept);
}

function set(root: HTMLElement, wanted: number): void {
  if (root.classList.contains("elder")) root.dataset["text"] = String(wanted);
}

define("ym-text-size", TextSize);
