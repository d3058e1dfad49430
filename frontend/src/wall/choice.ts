/** What the wall looks at now: a theme, perhaps a cell of the map, and a page of the list. */

export interface Theme {
  key: string;
  label: string;
  /** Filters of the public search, without the question mark. */
  query: string;
}

export interface Choice {
  theme: Theme;
  /** "90:q:r" */
  cell: string | null;
  page: number;
}

export interface Sources {
  list: string;
  map: string;
  /** "lon,lat" of the wall. */
  here: string;
  pageSize: number;
}

/** Where the list of a choice is asked for. */
export function listUrl(choice: Choice, sources: Sources): string {
  const params = new URLSearchParams(choice.theme.query);
  params.set("from", sources.here);
  if (!params.has("sort")) params.set("sort", "nearest");
  if (choice.cell) params.set("cell", choice.cell);
  params.set("size", String(sources.pageSize));
  if (choice.page > 1) params.set("page", String(choice.page));
  return `${sources.list}?${params.toString()}`;
}

/** Where the cells of a choice are asked for: the theme colours the map, the tapped cell does not. */
export function mapUrl(choice: Choice, sources: Sources): string {
  const params = new URLSearchParams(choice.theme.query);
  params.delete("sort");
  params.set("radius", "90");
  if (params.has("minutes")) params.set("from", sources.here);
  return `${sources.map}?${params.toString()}`;
}

/** The next theme of the tour. */
export function nextTheme(themes: Theme[], now: Theme): Theme {
  return themes[(themes.findIndex((theme) => theme.key === now.key) + 1) % themes.length] ?? now;
}

/** Day from six to six, night otherwise, unless the address asks for one. */
export function dayOrNight(hour: number, asked: string | null): "day" | "night" {
  if (asked === "day" || asked === "night") return asked;
  return hour >= 6 && hour < 18 ? "day" : "night";
}
