/**
 * A form with a hidden `once` key is sent once: a second tap while the first is under way does nothing.
 *
 * The server holds the same by the key; this spares the second tap the answer of a page that is gone. After
 * ten seconds, or back on the page, it may be sent again: the first may have been lost on the way.
 */
const AGAIN_MS = 10_000;
const sent = new Map<HTMLFormElement, number>();

addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  if (event.defaultPrevented || !form.querySelector('input[type="hidden"][name="once"]')) return;
  const now = Date.now();
  if (now - (sent.get(form) ?? -AGAIN_MS) < AGAIN_MS) event.preventDefault();
  else sent.set(form, now);
});
addEventListener("pageshow", () => sent.clear());

export {};
