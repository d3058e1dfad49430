/** `<ym-pairing>`: a code for the office to type in, and the way on once somebody has. */

import { part, write } from "../core/dom";
import { define, Element } from "../core/element";
import { speaksChinese } from "../core/fonts";
import { keepForOffline } from "../core/offline";
import { take } from "../core/shelf";
import { after } from "../core/time";
import { wipe } from "../core/playing/wipe";

interface Pairing {
  code: string;
  secret: string;
  expires_at: string;
}

const CLAIM_MS = 3_000;
const AGAIN_MS = 20_000;
const ROOT = "/api/v1/pairings";

class PairingPage extends Element {
  protected start(life: AbortSignal): void {
    void keepForOffline(this.word("worker"), "/windows/", life);
    if (!speaksChinese()) console.warn("no Chinese font");
    void this.#begin(life);
  }

  async #begin(life: AbortSignal): Promise<void> {
    // The house answered this very page, so it knows no device here: what one showed must go.
    if (this.hasAttribute("unpaired") && navigator.onLine) await wipe();
    await this.#ask(life);
  }

  async #ask(life: AbortSignal): Promise<void> {
    try {
      const response = await post(ROOT, {}, life);
      if (!response.ok) throw new Error(`pairing: ${response.status}`);
      const pairing = (await response.json()) as Pairing;
      this.#show(pairing.code);
      after(CLAIM_MS, () => void this.#claim(pairing.secret, life), life);
    } catch (error) {
      if (life.aborted) return;
      console.warn(error);
      await this.#goHome();
      this.#show("");
      after(AGAIN_MS, () => void this.#ask(life), life);
    }
  }

  async #claim(secret: string, life: AbortSignal): Promise<void> {
    const again = (): void => after(CLAIM_MS, () => void this.#claim(secret, life), life);
    try {
      const response = await post(`${ROOT}/claim`, { secret }, life);
      if (response.status === 200) return location.replace(((await response.json()) as { path: string }).path);
      if (response.status === 410) return void (await this.#ask(life));
      again();
    } catch {
      again();
    }
  }

  /** Without a line this page stands in for all others: a paired window goes on to its own. */
  async #goHome(): Promise<void> {
    if (navigator.onLine) return;
    const uid = await take<string>("device");
    if (uid && location.pathname !== `/windows/${uid}/`) location.replace(`/windows/${uid}/`);
  }

  #show(code: string): void {
    write(part(this, "code"), code ? `${code.slice(0, 3)} ${code.slice(3)}` : this.word("waiting"));
    this.dataset["code"] = code;
  }
}

function post(path: string, body: unknown, life: AbortSignal): Promise<Response> {
  const headers = { "Content-Type": "application/json", Accept: "application/json" };
  return fetch(path, { method: "POST", headers, body: JSON.stringify(body), signal: life, credentials: "same-origin" });
}

define("ym-pairing", PairingPage);
