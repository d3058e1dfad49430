/** What may be chosen on the wall, and the search it makes. Pure: the sheet draws it. */

export interface Option {
  key: string;
  label: string;
  /** Parameters of the public search, without the question mark. */
  query: string;
}

export interface Group {
  key: string;
  label: string;
  note?: string;
  /** Several may be taken; else one leaves when another comes. */
  many?: boolean;
  options: Option[];
}

/** This will give what is chosen after a touch on one option of a group. */
export function touched(chosen: ReadonlySet<string>, group: Group, key: string): Set<string> {
  const next = new Set(chosen);
  if (next.delete(key)) return next;
  if (!group.many) for (const option of group.options) next.delete(option.key);
  return next.add(key);
}

/** This will join the chosen options to one search; the same parameter twice holds alternatives. */
export function queryOf(groups: readonly Group[], chosen: ReadonlySet<string>): string {
  const joined = new Map<string, string[]>();
  for (const option of taken(groups, chosen)) {
    for (const [name, value] of new URLSearchParams(option.query)) {
      const values = joined.get(name) ?? [];
      if (!values.includes(value)) joined.set(name, [...values, value]);
    }
  }
  return new URLSearchParams([...joined].map(([name, values]) => [name, values.join(",")])).toString();
}

/** This will fill the groups that are made of what is open now: industries, and employers' own words. */
export function filled(groups: readonly Group[], open: Record<string, { code: string; label: string }[]>): Group[] {
  return groups.map((group) => {
    const choices = open[group.key];
    if (!choices) return group;
    const option = ({ code, label }: { code: string; label: string }): Option =>
      ({ key: `${group.key}-${code}`, label, query: new URLSearchParams({ [group.key]: code }).toString() });
    return { ...group, options: choices.map(option) };
  });
}

/** The words over the list: "步行15分钟内 · 不用学历". */
export function labelOf(groups: readonly Group[], chosen: ReadonlySet<string>): string {
  return taken(groups, chosen).map((option) => option.label).join(" · ");
}

function taken(groups: readonly Group[], chosen: ReadonlySet<string>): Option[] {
  return groups.flatMap((group) => group.options).filter((option) => chosen.has(option.key));
}
