/** Nobody touches: after a while a warning, then the end. Pure counting; the element supplies the clock. */

export type IdlePhase = "used" | "warning" | "over";

export interface IdleRule {
  quietSeconds: number;
  warningSeconds: number;
}

/** This will say how things stand `seconds` after the last touch, and how many seconds are left. */
export function idlePhase(seconds: number, rule: IdleRule): { phase: IdlePhase; left: number } {
  const end = rule.quietSeconds + rule.warningSeconds;
  const left = Math.max(0, Math.ceil(end - seconds));
  if (seconds >= end) return { phase: "over", left: 0 };
  return { phase: seconds >= rule.quietSeconds ? "warning" : "used", left };
}

const TOUCHES = ["pointerdown", "keydown", "input", "wheel", "touchstart"] as const;

/** This will call back on every touch of the page until `life` ends. */
export function onTouch(touched: () => void, life: AbortSignal): void {
  for (const kind of TOUCHES) {
    document.addEventListener(kind, touched, { passive: true, capture: true, signal: life });
  }
}
