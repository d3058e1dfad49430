/** What goes wrong on a screen is told to the house, once per kind in ten minutes, and later when there is no line. */

import type { Clock } from "./clock";
import type { Device } from "./device";
import { every } from "./time";

export type FaultCode =
  | "webgl_lost"
  | "webgl_missing"
  | "file_hash"
  | "data_http"
  | "data_schema"
  | "quota"
  | "clock_skew"
  | "font_missing"
  | "element_error"
  | "memory_reload";

interface Fault {
  client_id: string;
  code: FaultCode;
  at: string;
  detail: string;
}

const QUIET_MS = 600_000;
const MOST = 100;

export class Reporter {
  /** The last fault's code, for the heartbeat; "" when all was well for ten minutes. */
  #last: { code: FaultCode; at: number } | null = null;
  #waiting: Fault[] = [];
  readonly #said = new Map<string, number>();

  constructor(
    private readonly device: Device | null,
    private readonly clock: Clock,
  ) {}

  start(life: AbortSignal): void {
    every(60_000, () => void this.send(), life);
  }

  get last(): FaultCode | "" {
    return this.#last && this.clock.steady() - this.#last.at < QUIET_MS ? this.#last.code : "";
  }

  /** This will note a fault; the same one again within ten minutes is only counted as the last. */
  say(code: FaultCode, detail: string): void {
    const now = this.clock.steady();
    this.#last = { code, at: now };
    const key = `${code} ${detail}`;
    const before = this.#said.get(key);
    if (before !== undefined && now - before < QUIET_MS) return;
    this.#said.set(key, now);
    const at = new Date(this.clock.now()).toISOString();
    this.#waiting = [...this.#waiting, { client_id: newId(), code, at, detail: detail.slice(0, 300) }].slice(-MOST);
    void this.send();
  }

  async send(): Promise<void> {
    const faults = this.#waiting;
    if (!this.device || faults.length === 0) return;
    this.#waiting = [];
    try {
      await this.device.tell("faults", { faults });
    } catch {
      this.#waiting = [...faults, ...this.#waiting].slice(-MOST);
    }
  }
}

/** A random UUID, also where the page is not served over https. */
export function newId(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
