/** Day and night of a screen. */

/** This will be what was asked for, else day from six to six. */
export function dayOrNight(hour: number, asked: string | null): "day" | "night" {
  if (asked === "day" || asked === "night") return asked;
  return hour >= 6 && hour < 18 ? "day" : "night";
}
