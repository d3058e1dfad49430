/** Every half minute a screen says that it lives, what it shows and how it feels; the house answers what it should do.

    startHeartbeat(device, () => ({ item: "…", hash: "…", build: "…" }), (answer) => …, life);

    A page without a device (somebody looks at the wall from a desk) says nothing. */

import type { Clock } from "./clock";
import { Unknown, type Command, type Device } from "./device";
import { every } from "./time";

export interface Pulse {
  hash: string;
  build: string;
  item: string;
  fault: string;
  picture?: string;
}

export interface HeartbeatAnswer {
  commands: Command[];
  manifest_hash: string;
}

const BEAT_MS = 30_000;

/** This will beat now and every 30 s until `life` ends. `gone` is called when the house no longer knows the device. */
export function startHeartbeat(
  device: Device | null,
  clock: Clock,
  facts: () => Pulse,
  told: (answer: HeartbeatAnswer) => void,
  gone: () => void,
  life: AbortSignal,
): void {
  if (!device) return;
  const now = (): void => void beat(device, clock, facts(), told, gone);
  every(BEAT_MS, now, life);
  now();
}

/** This will beat once; a line that is down is no fault of the screen's. */
export async function beat(
  device: Device,
  clock: Clock,
  pulse: Pulse,
  told: (answer: HeartbeatAnswer) => void,
  gone: () => void,
): Promise<void> {
  try {
    const body = { ...pulse, ...(await health()), skew_ms: clock.skew };
    told(await device.tell<HeartbeatAnswer>("heartbeats", body));
  } catch (error) {
    if (error instanceof Unknown) gone();
    else console.warn("heartbeat", error);
  }
}

/** This will measure the page. Null is what this browser does not tell. */
export async function health(): Promise<Record<string, unknown>> {
  return {
    fps: await framesPerSecond(),
    heap_mb: heapMb(),
    nodes: document.getElementsByTagName("*").length,
    // No browser counts the listeners of a page for the page itself.
    listeners: null,
    viewport: [innerWidth, innerHeight],
    storage_mb: await storageMb(),
  };
}

/** Megabytes of script memory in use; null outside Chromium. */
export function heapMb(): number | null {
  const memory = (performance as { memory?: { usedJSHeapSize: number } }).memory;
  return memory ? Math.round(memory.usedJSHeapSize / 1_048_576) : null;
}

async function storageMb(): Promise<number | null> {
  const estimate = await navigator.storage?.estimate?.().catch(() => null);
  return estimate?.usage === undefined ? null : Math.round((estimate.usage / 1_048_576) * 10) / 10;
}

/** Frames drawn within half a second, doubled; counting for longer would keep an idle screen busy. */
function framesPerSecond(): Promise<number> {
  return new Promise((resolve) => {
    const [start, end] = [performance.now(), 500];
    let frames = 0;
    // A hidden page draws nothing: then the timer answers.
    const timer = setTimeout(() => resolve(frames * 2), end * 2);
    const frame = (): void => {
      if (performance.now() - start < end) return void (frames++, requestAnimationFrame(frame));
      clearTimeout(timer);
      resolve(Math.round((frames * 1000) / Math.max(1, performance.now() - start)));
    };
    requestAnimationFrame(frame);
  });
}
