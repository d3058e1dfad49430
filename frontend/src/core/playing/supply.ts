/** The manifest a window plays and the one that waits: two-phase, so that nothing half-fetched is ever shown.

    look → a newer manifest? → its shape is right? → all files here and proved? → it waits
    adopt (between two items) → it plays, it is kept, the house is told by its hash. */

import { Answered, Unknown, type Device } from "../device";
import type { Clock } from "../clock";
import type { FaultCode } from "../reporter";
import { put, take } from "../shelf";
import { Corrupt, gather, tidy } from "./files";
import { checked, Misshapen, type Manifest } from "./manifest";

const AGAIN_MS = 60_000;

export class Supply {
  current: Manifest | null = null;
  waiting: Manifest | null = null;
  /** When the house last answered for the manifest, house's time; 0 for never. */
  answeredAt = 0;
  /** Steady moment since which a manifest waits. */
  waitingSince = 0;
  #unacked: { hash: string; at: string } | null = null;
  #refused = { hash: "", until: 0 };
  #busy = false;
  #again = false;

  constructor(
    private readonly device: Device,
    private readonly clock: Clock,
    private readonly faulty: (code: FaultCode, detail: string) => void,
    /** Of a preview: asked for by name, nothing kept, nothing told. */
    private readonly preview: string | null = null,
  ) {}

  /** This will take what was playing before the reload. */
  async recall(): Promise<void> {
    if (this.preview) return;
    const kept = await take<{ manifest: Manifest; answeredAt: number }>("manifest");
    if (kept?.manifest.device !== this.device.uid) return;
    this.current = kept.manifest;
    this.answeredAt = kept.answeredAt;
    this.#unacked = await take("unacked");
  }

  /** This will ask once whether there is a newer manifest and have it ready. Raises Unknown for a device that is
      not known any more; every other trouble leaves what plays alone. */
  async look(): Promise<void> {
    // A slow line must not pile up questions; but what was asked meanwhile may have another answer.
    if (this.#busy) return void (this.#again = true);
    this.#busy = true;
    try {
      await this.#fetch();
      await this.#ack();
    } catch (error) {
      this.#troubled(error);
    } finally {
      this.#busy = false;
    }
    if (!this.#again) return;
    this.#again = false;
    await this.look();
  }

  /** This will go over to the manifest that waits; false when none does. */
  adopt(): boolean {
    if (!this.waiting) return false;
    this.current = this.waiting;
    this.waiting = null;
    void this.#keep(this.current);
    return true;
  }

  async #fetch(): Promise<void> {
    const known = this.waiting ?? this.current;
    const headers: Record<string, string> = known ? { "If-None-Match": `"${known.hash}"` } : {};
    const response = await this.device.fetch(this.preview ?? "/api/v1/devices/me/manifest", { headers });
    this.answeredAt = this.clock.now();
    if (response.status === 304) return;
    const manifest = checked(await response.json());
    if (manifest.device !== this.device.uid) throw new Misshapen("device");
    if (manifest.hash === known?.hash || this.#isRefused(manifest.hash)) return;
    await this.#ready(manifest);
  }

  async #ready(manifest: Manifest): Promise<void> {
    try {
      await gather(manifest.files);
    } catch (error) {
      // Not at every look: a large file that came spoilt will come spoilt again.
      this.#refused = { hash: manifest.hash, until: this.clock.steady() + AGAIN_MS };
      throw error;
    }
    // Of several that came while one item was shown the last counts, and the patience of the first.
    if (!this.waiting) this.waitingSince = this.clock.steady();
    this.waiting = manifest;
  }

  #isRefused(hash: string): boolean {
    return this.#refused.hash === hash && this.clock.steady() < this.#refused.until;
  }

  #troubled(error: unknown): void {
    if (error instanceof Misshapen) this.faulty("data_schema", `manifest: ${error.message}`);
    else if (error instanceof Corrupt) this.faulty("file_hash", error.message);
    else if (error instanceof Answered) this.faulty("data_http", error.message);
    else if (isFull(error)) this.faulty("quota", "files");
    else if (error instanceof Unknown) throw error;
    // What is left is a line that is down: the badge says so.
  }

  async #keep(manifest: Manifest): Promise<void> {
    if (this.preview) return;
    this.#unacked = { hash: manifest.hash, at: new Date(this.clock.now()).toISOString() };
    await put("manifest", { manifest, answeredAt: this.answeredAt });
    await put("unacked", this.#unacked);
    await tidy(manifest.files);
    // Now or, without a line, after the next look.
    await this.#ack().catch(() => undefined);
  }

  /** The house is told what plays, now or when the line is back. */
  async #ack(): Promise<void> {
    const ack = this.#unacked;
    if (!ack || this.preview) return;
    await this.device.tell("acks", ack);
    if (this.#unacked !== ack) return;
    this.#unacked = null;
    await put("unacked", null);
  }
}

function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === "QuotaExceededError";
}
