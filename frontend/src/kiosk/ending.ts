/** The end of a visit when the server cannot be asked: it is owed, and paid before anything else is shown.
    Only the debt is kept on the machine; it says nothing about anybody. */

const OWED = "kiosk-end-owed";

/** This will note that the server has not heard of the end yet. */
export function owe(): void {
  localStorage.setItem(OWED, "1");
}

export function isOwed(): boolean {
  return localStorage.getItem(OWED) !== null;
}

/** This will tell the server now; false where it still cannot be had. */
export async function settle(home: string, action: string): Promise<boolean> {
  try {
    const page = await fetch(home, { headers: { Accept: "text/html" }, cache: "no-store" });
    const made = new DOMParser().parseFromString(await page.text(), "text/html");
    const token = made.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value;
    if (!page.ok || !token) return false;
    return await tell(action, new URLSearchParams({ csrfmiddlewaretoken: token }));
  } catch {
    return false;
  }
}

/** This will end the visit on the server; true once it has said so. */
export async function tell(action: string, body: FormData | URLSearchParams): Promise<boolean> {
  try {
    const answer = await fetch(action, { method: "POST", body, headers: { Accept: "application/json" }, keepalive: true });
    if (answer.ok) localStorage.removeItem(OWED);
    return answer.ok;
  } catch {
    return false;
  }
}

/** This will empty what pages may keep on the machine; of the caches the public ones stay: they work offline. */
export async function empty(): Promise<void> {
  sessionStorage.clear();
  localStorage.clear();
  for (const name of cookies()) document.cookie = `${name}=; path=/; max-age=0; samesite=lax`;
  const known = (await globalThis.indexedDB?.databases?.()) ?? [];
  for (const { name } of known) if (name) indexedDB.deleteDatabase(name);
  const caches = globalThis.caches ? await globalThis.caches.keys() : [];
  await Promise.all(caches.filter((name) => !isPublic(name)).map((name) => globalThis.caches.delete(name)));
}

function isPublic(name: string): boolean {
  return /^(kiosk|wall|windows)-/.test(name);
}

function cookies(): string[] {
  return document.cookie.split(";").map((one) => one.split("=")[0]?.trim() ?? "").filter(Boolean);
}
