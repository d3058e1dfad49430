/** What the wall looks at now: a theme, perhaps a cell of the map, and a page of the list. */

export { dayOrNight } from "../core/light";

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
  /** Metres from the middle of a cell to its corners, by how far the map is looked at from. */
  radius: number;
}

export interface Sources {
  figures: string;
  list: string;
  map: string;
  narration: string;
  programme: string;
  notices: string;
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
  params.set("radius", String(choice.radius));
  if (params.has("minutes")) params.set("from", sources.here);
  return `${sources.map}?${params.toString()}`;
}

/** Where one asks how many a search would find, before it is made. */
export function countUrl(query: string, sources: { list: string; here: string }): string {
  const params = new URLSearchParams(query);
  params.set("from", sources.here);
  params.set("size", "1");
  return `${sources.list}?${params.toString()}`;
}

/** Where the sentences about a choice are asked for: the same search as the list, a tapped cell included. */
export function narrationUrl(choice: Choice, sources: Sources): string {
  const params = new URLSearchParams(choice.theme.query);
  params.delete("sort");
  params.set("from", sources.here);
  if (choice.cell) params.set("cell", choice.cell);
  // The page was made in one language; the browser's cookie may say another.
  params.set("lang", document.documentElement.lang);
  return `${sources.narration}?${params.toString()}`;
}

/** The next theme of the tour. */
export function nextTheme(themes: Theme[], now: Theme): Theme {
  return themes[(themes.findIndex((theme) => theme.key === now.key) + 1) % themes.length] ?? now;
}
