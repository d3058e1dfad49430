/** How a paired device speaks with the house: its token is in a cookie it cannot read; its name goes along. */

import type { Clock } from "./clock";

/** This device is not (or no longer) known to the house. */
export class Unknown extends Error {}

/** The house answered, but not with what was asked for. */
export class Answered extends Error {
  constructor(
    readonly status: number,
    path: string,
  ) {
    super(`${path}: ${status}`);
  }
}

export interface Command {
  id: string | number;
  kind: "identify" | "reload" | "picture";
  at: string;
}

export interface Site {
  name: string;
  address: string;
  hours: string;
  phone: string;
}

export interface Seams {
  columns: number;
  rows: number;
  gap_px: number;
}

export interface Settings {
  orientation: "landscape" | "portrait";
  viewing_m: number;
  theme: "auto" | "day" | "night";
  elder: boolean;
  seams: Seams | null;
}

export interface Me {
  uid: string;
  kind: string;
  name: string;
  site: Site | null;
  settings: Settings;
  commands: Command[];
  manifest_hash: string;
}

const ROOT = "/api/v1/devices/me";
const PATIENCE_MS = 10_000;

export class Device {
  constructor(
    readonly uid: string,
    private readonly clock: Clock,
  ) {}

  me(): Promise<Me> {
    return this.get<Me>(ROOT);
  }

  /** This will ask for an address of the API. Raises Unknown, Answered, or the network's own error. */
  async get<T>(path: string): Promise<T> {
    return (await this.fetch(path)).json() as Promise<T>;
  }

  /** This will send something below this device's own address, and give the answer. Raises as `get` does. */
  async tell<T>(what: string, body: unknown): Promise<T> {
    const headers = { "Content-Type": "application/json", "X-Device": this.uid };
    const response = await this.fetch(`${ROOT}/${what}`, { method: "POST", headers, body: JSON.stringify(body) });
    return (response.status === 204 ? {} : await response.json()) as T;
  }

  /** This will ask, hear the time, and let only good answers (and 304) through. */
  async fetch(path: string, options: RequestInit = {}): Promise<Response> {
    const headers = { Accept: "application/json", ...options.headers };
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const response = await fetch(path, { cache: "no-store", credentials: "same-origin", signal, ...options, headers });
    this.clock.hear(response.headers.get("Date"));
    if (response.status === 401) throw new Unknown(path);
    if (!response.ok && response.status !== 304) throw new Answered(response.status, path);
    return response;
  }
}
