export interface FilterTerm {
  /** Absent: a free word. */
  field?: string;
  value: string;
}

/** Parses `filter` (see `ListInput`). Never throws: what is not `field:value` is a word. */
export function parseFilter(filter: string): FilterTerm[] {
  const terms: FilterTerm[] = [];
  for (const match of filter.matchAll(/(?:([A-Za-z][A-Za-z0-9]*):)?(?:"([^"]*)"|(\S+))/g)) {
    const value = match[2] ?? match[3] ?? '';
    terms.push(match[1] ? { field: match[1], value } : { value });
  }
  return terms;
}
