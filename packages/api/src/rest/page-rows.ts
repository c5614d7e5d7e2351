import { type ListInput, type Page, parseFilter } from '@vireo/contracts';

type Row = Readonly<Record<string, unknown>> & { id: string; name: string };

const text = (value: unknown) => String(value ?? '').toLowerCase();

function holds(row: Row, filter: string): boolean {
  return parseFilter(filter).every(({ field, value }) =>
    field === undefined
      ? text(row.name).includes(text(value))
      : text(row[field] ?? row[`${field}Name`]) === text(value),
  );
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return text(a).localeCompare(text(b), 'en');
}

/** A page of a list that is short enough to be read whole (see {@link ListInput}). The cursor is an offset. */
export function pageRows<T extends Row>(rows: readonly T[], input: ListInput): Page<T> {
  const isDescending = input.sort.startsWith('-');
  const field = input.sort.replace(/^-/, '');
  const kept = rows
    .filter((row) => holds(row, input.filter))
    .sort((a, b) => (compare(a[field], b[field]) || compare(a.id, b.id)) * (isDescending ? -1 : 1));
  const start = /^\d{1,9}$/.test(input.cursor ?? '') ? Number(input.cursor) : 0;
  const end = start + input.limit;
  return {
    items: kept.slice(start, end),
    nextCursor: end < kept.length ? String(end) : null,
    total: kept.length,
  };
}
