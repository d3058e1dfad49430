/** What the office asks of one window: show who you are, load anew, send a picture. Each is done once. */

import { el, part } from "../dom";
import type { Command, Device, Site } from "../device";
import { after } from "../time";
import type { Say } from "../words";
import "./identify.css";

const IDENTIFY_MS = 30_000;

export interface Able {
  reload: () => void;
  picture: () => Promise<void>;
  identify: () => void;
}

export class Commands {
  readonly #done = new Set<Command["id"]>();

  constructor(
    private readonly device: Device,
    private readonly able: Able,
  ) {}

  /** This will do what is new among the commands and tell the house that it is done. */
  async follow(commands: Command[]): Promise<void> {
    for (const command of commands) {
      if (this.#done.has(command.id)) continue;
      this.#done.add(command.id);
      await this.#follow(command).catch((error: unknown) => {
        // Not told: it comes again with the next answer.
        this.#done.delete(command.id);
        console.warn("command", error);
      });
    }
  }

  async #follow({ id, kind }: Command): Promise<void> {
    if (kind === "identify") this.able.identify();
    if (kind === "picture") await this.able.picture();
    await this.device.tell(`commands/${id}`, {});
    // Last: a page that is being loaded anew tells nobody anything.
    if (kind === "reload") this.able.reload();
  }
}

/** This will lay over everything who this screen is, for half a minute: name, site and a large mark. */
export function showIdentity(root: ParentNode, device: { uid: string; name: string }, site: Site | null, say: Say, life: AbortSignal): void {
  const overlay = part(root, "identify");
  overlay.replaceChildren(
    el("p", "identify__mark", markOf(device)),
    el("h2", "identify__name", device.name),
    el("p", "identify__site", [site?.name, site?.address].filter(Boolean).join(" · ")),
    el("p", "identify__uid", say("identity", { uid: device.uid.slice(0, 8) })),
  );
  overlay.hidden = false;
  after(IDENTIFY_MS, () => void (overlay.hidden = true), life);
}

/** The number in its name, as people call it (“2 号窗” → 2); else the first letters of its mark. */
export function markOf(device: { uid: string; name: string }): string {
  return /\d+/.exec(device.name)?.[0] ?? device.uid.slice(0, 2).toUpperCase();
}
