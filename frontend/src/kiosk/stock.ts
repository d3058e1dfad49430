import { define, Element } from "../core/element";
import { keepForOffline, newBuild } from "../core/offline";
import { every } from "../core/time";

const RENEW_MS = 5 * 60_000;

/** `<ym-stock worker [rests]>`: keeps the public pages on this machine and renews them; a new build comes on where
    nobody is at work. */
class Stock extends Element {
  protected start(life: AbortSignal): void {
    void keepForOffline(this.word("worker"), "/", life).then(() => this.#renew());
    every(RENEW_MS, () => this.#renew(), life);
  }

  #renew(): void {
    navigator.serviceWorker?.controller?.postMessage("renew");
    if (this.hasAttribute("rests")) void newBuild();
  }
}

define("ym-stock", Stock);
