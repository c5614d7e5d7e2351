import { type FilterTerm, type ListInput, type Page, parseFilter, VireoError } from '@vireo/contracts';
import { z } from 'zod';
import { isUuid, Prisma, type Sql } from './database.ts';

/** What a list can be sorted by: an expression that is never NULL, and its SQL type. */
export interface SortField {
  sql: Prisma.Sql;
  type: 'text' | 'float8' | 'timestamptz' | 'bigint';
}
export interface ListSpec<Row extends { id: string }> {
  sorts: Record<string, SortField>;
  /** Conditions per documented field; the value is hostile. null: this value can't match anything. */
  fields: Record<string, (value: string) => Prisma.Sql | null>;
  /** Condition of a free word. */
  word: (value: string) => Prisma.Sql;
  /** The column that breaks ties. */
  id: Prisma.Sql;
  /** FROM clause, as far as filters and sorts need it. */
  from: Prisma.Sql;
  /** Reads the rows of a page in full, in any order. */
  load: (sql: Sql, ids: string[]) => Promise<Row[]>;
}

/** @param detail the parts of `message`, for readers of another language. */
function invalid(field: string, message: string, detail: Record<string, string> = {}): VireoError {
  return new VireoError(
    'input.invalid',
    { ...detail, field, problem: message },
    { fields: [{ field, message }] },
  );
}

/** Condition for `field:a,b` where only certain words make sense. */
export function oneOf(
  name: string,
  allowed: readonly string[],
  condition: (values: string[]) => Prisma.Sql,
): (value: string) => Prisma.Sql {
  return (value) => {
    const values = value.split(',').filter((v) => v !== '');
    const wrong = values.find((v) => !allowed.includes(v));
    if (wrong !== undefined || values.length === 0)
      throw invalid('filter', `${name}: one of ${allowed.join(', ')} (not "${wrong ?? ''}")`, {
        term: name,
        value: wrong ?? '',
        allowed: allowed.join(', '),
      });
    return condition(values);
  };
}

/** Condition "contains", without regard to case, on a column that is in lower case already. Nothing is a wildcard. */
export function contains(lowerColumn: Prisma.Sql, value: string): Prisma.Sql {
  return Prisma.sql`strpos(${lowerColumn}, ${value.toLowerCase()}::text) > 0`;
}
/** Condition "is this UUID"; what isn't one matches nothing. */
export const isId = (column: Prisma.Sql) => (value: string) =>
  isUuid(value) ? Prisma.sql`${column} = ${value}::uuid` : null;

function conditionOf<Row extends { id: string }>(spec: ListSpec<Row>, term: FilterTerm): Prisma.Sql {
  // Postgres knows no NUL in text, so nothing contains it.
  if (term.value.includes('\0')) return Prisma.sql`false`;
  if (term.field === undefined) return spec.word(term.value);
  const condition = Object.hasOwn(spec.fields, term.field) ? spec.fields[term.field] : undefined;
  if (!condition) {
    const allowed = Object.keys(spec.fields).join(', ');
    throw invalid('filter', `no field "${term.field}"; there are ${allowed}`, { term: term.field, allowed });
  }
  return condition(term.value) ?? Prisma.sql`false`;
}

/** WHERE clause (without the word) of a filter. @throws VireoError `input.invalid` naming the field. */
export function whereOf<Row extends { id: string }>(spec: ListSpec<Row>, filter: string): Prisma.Sql {
  const conditions = parseFilter(filter).map((term) => conditionOf(spec, term));
  return conditions.length === 0 ? Prisma.sql`true` : Prisma.join(conditions, ' AND ');
}

const Cursor = z.tuple([z.string(), z.string(), z.uuid()]);
/** Whether a text is a point in time as Postgres prints one, and one that exists. */
function isTimestamp(text: string): boolean {
  const parts =
    /^(\d{4,5})-(\d\d)-(\d\d) ([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?[+-](0\d|1[0-4])(:[0-5]\d)?$/.exec(
      text,
    );
  if (!parts) return text === 'infinity';
  const [year, month, day] = parts.slice(1, 4).map(Number);
  const date = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day));
  return year !== 0 && date.getUTCMonth() + 1 === month && date.getUTCDate() === day;
}

/** What a cursor may hold: only what Postgres reads without an error. */
const IS_VALUE: Record<SortField['type'], (text: string) => boolean> = {
  text: (text) => !/\0|\p{Surrogate}/u.test(text),
  float8: (text) => /^-?\d{1,30}(\.\d{1,30})?(e[+-]?\d{1,2})?$/i.test(text),
  bigint: (text) => /^-?\d{1,18}$/.test(text),
  timestamptz: isTimestamp,
};

function readCursor(text: string, sort: string, type: SortField['type']): { value: string; id: string } {
  try {
    const [forSort, value, id] = Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
    if (forSort === sort && IS_VALUE[type](value)) return { value, id };
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof z.ZodError)) throw error;
  }
  throw invalid('cursor', 'not a cursor of this list');
}

/**
 * One page by keyset: no OFFSET, so the last page costs what the first does, and rows that come or go don't shift others.
 * @throws VireoError `input.invalid` naming the filter's field, the sort or the cursor.
 */
export async function readPage<Row extends { id: string }>(
  sql: Sql,
  spec: ListSpec<Row>,
  input: ListInput,
): Promise<Page<Row>> {
  const isDescending = input.sort.startsWith('-');
  const name = isDescending ? input.sort.slice(1) : input.sort;
  const sort = Object.hasOwn(spec.sorts, name) ? spec.sorts[name] : undefined;
  if (!sort)
    throw invalid('sort', `cannot sort by "${name}"; there are ${Object.keys(spec.sorts).join(', ')}`);
  const where = whereOf(spec, input.filter);
  const order = Prisma.raw(isDescending ? 'DESC' : 'ASC');
  let after = Prisma.sql`true`;
  if (input.cursor !== undefined) {
    const { value, id } = readCursor(input.cursor, input.sort, sort.type);
    after = Prisma.sql`(${sort.sql}, ${spec.id}) ${Prisma.raw(isDescending ? '<' : '>')}
      (${value}::text::${Prisma.raw(sort.type)}, ${id}::uuid)`;
  }
  const keys = await sql.$queryRaw<{ id: string; value: string }[]>`
    SELECT ${spec.id} AS id, (${sort.sql})::text AS value FROM ${spec.from} WHERE ${where} AND ${after}
    ORDER BY ${sort.sql} ${order}, ${spec.id} ${order} LIMIT ${input.limit + 1}`;
  const shown = keys.slice(0, input.limit);
  const last = shown.at(-1);
  const hasMore = keys.length > input.limit;
  const isWhole = input.cursor === undefined && !hasMore;
  const [rows, counted] = await Promise.all([
    spec.load(
      sql,
      shown.map((key) => key.id),
    ),
    isWhole
      ? [{ total: shown.length }]
      : sql.$queryRaw<{ total: number }[]>`SELECT count(*)::int AS total FROM ${spec.from} WHERE ${where}`,
  ]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return {
    // A row that went away between the two reads is left out.
    items: shown.flatMap((key) => byId.get(key.id) ?? []),
    nextCursor:
      hasMore && last
        ? Buffer.from(JSON.stringify([input.sort, last.value, last.id])).toString('base64url')
        : null,
    total: counted[0]?.total ?? shown.length,
  };
}

/** For lists of things without a name: the default sort of lists means the newest first. */
export function newestFirst(input: ListInput, time: string): ListInput {
  if (input.sort === 'name') return { ...input, sort: `-${time}` };
  return input.sort === '-name' ? { ...input, sort: time } : input;
}
