/** Timers that end with their owner. */

/** This will call `act` every `ms` until `life` ends. */
export function every(ms: number, act: () => void, life: AbortSignal): void {
  if (life.aborted) return;
  const timer = setInterval(act, ms);
  life.addEventListener("abort", () => clearInterval(timer), { once: true });
}

/** This will call `act` once after `ms`, unless `life` ends before. */
export function after(ms: number, act: () => void, life: AbortSignal): void {
  if (life.aborted) return;
  const timer = setTimeout(act, ms);
  life.addEventListener("abort", () => clearTimeout(timer), { once: true });
}
