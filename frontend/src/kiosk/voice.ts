/** The machine's voice, where it has one for the language of the page. */

const available = (): boolean => "speechSynthesis" in globalThis;

/** This will find a voice for the page; null where the machine has none. */
export function voice(): SpeechSynthesisVoice | null {
  if (!available()) return null;
  const wanted = language().slice(0, 2);
  return speechSynthesis.getVoices().find((one) => one.lang.toLowerCase().startsWith(wanted)) ?? null;
}

/** This will say something; what was being said before ends. */
export function say(words: string, ended: () => void = () => undefined): void {
  if (!available()) return;
  speechSynthesis.cancel();
  const spoken = new SpeechSynthesisUtterance(words);
  spoken.lang = language();
  spoken.voice = voice();
  spoken.rate = 0.9;
  spoken.onend = spoken.onerror = ended;
  speechSynthesis.speak(spoken);
}

export function hush(): void {
  if (available()) speechSynthesis.cancel();
}

/** Voices may arrive late. */
export function onVoices(told: () => void, life: AbortSignal): void {
  if (available()) speechSynthesis.addEventListener("voiceschanged", told, { signal: life });
}

function language(): string {
  return document.documentElement.lang.startsWith("en") ? "en" : "zh-CN";
}
