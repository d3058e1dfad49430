/** The worker that lets a screen start without a network. Where the browser has none, the screen runs without. */

import { every } from "./time";

const HOUR = 3_600_000;
let registration: ServiceWorkerRegistration | null = null;

/** This will register the worker and look for a new build every hour. */
export async function keepForOffline(script: string, scope: string, life: AbortSignal): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  try {
    registration = await navigator.serviceWorker.register(script, { scope });
    void navigator.storage?.persist?.();
    every(HOUR, () => void registration?.update().catch(() => undefined), life);
  } catch (error) {
    console.warn("offline worker", error);
  }
}

/** This will go over to a new build if one is waiting; called between two things shown, when nobody touches. */
export async function newBuild(): Promise<boolean> {
  const waiting = registration?.waiting;
  if (!waiting) return false;
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  waiting.postMessage("now");
  return true;
}
