import { createHash } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import type { Change } from '@vireo/contracts';
import { Prisma, PrismaClient } from '../generated/client.ts';

export { Prisma };
/** A client inside a transaction, or the one that makes a transaction per statement. */
export type Sql = Prisma.TransactionClient;
export type NewChange = Omit<Change, 'id'>;

export interface Database {
  client: PrismaClient;
  url: string;
  /**
   * One transaction. What `work` pushes to `changes` is written at its end; then `change` is notified.
   * Retried when Postgres broke a deadlock, so `work` must have no effect outside of the database.
   */
  transact<T>(work: (sql: Sql, changes: NewChange[]) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Any number that nobody else uses: whoever holds it gives out change ids. */
const CHANGE_LOCK = 7_461_001;

/**
 * Writes change rows. Must be a transaction's last statement: ids are given out under a lock that lasts until the commit, so
 * that a row never becomes visible after one with a higher id; whoever holds it waits for nothing else any more.
 */
async function recordChanges(sql: Sql, changes: readonly NewChange[]): Promise<void> {
  if (changes.length === 0) return;
  const unique = [...new Map(changes.map((c) => [`${c.kind} ${c.objectId} ${c.what}`, c])).values()];
  await sql.$executeRaw`
    WITH held AS MATERIALIZED (SELECT pg_advisory_xact_lock(${CHANGE_LOCK}::bigint)),
    inserted AS (
      INSERT INTO change (kind, object_id, what)
      SELECT c.kind, c.object_id, c.what
      FROM held, unnest(${unique.map((c) => c.kind)}::text[], ${unique.map((c) => c.objectId)}::text[],
        ${unique.map((c) => c.what)}::text[]) AS c(kind, object_id, what)
    )
    SELECT pg_notify('change', '')::text FROM held`;
}

function isDeadlock(error: unknown): boolean {
  return error instanceof Error && /40P01|40001|deadlock detected|P2034/.test(`${error.message}`);
}

/** Opens a pool of at most `connections` connections. Connects lazily. */
export function openDatabase(url: string, connections: number): Database {
  const adapter = new PrismaPg(
    {
      connectionString: url,
      max: connections,
      // Also how long a call waits for one of the pool while all are in use.
      connectionTimeoutMillis: 15_000,
      idleTimeoutMillis: 30_000,
      keepAlive: true,
      application_name: 'vireo',
    },
    {
      // Named statements are planned once per connection.
      statementNameGenerator: ({ sql }) => createHash('sha1').update(sql).digest('base64url'),
      // A broken idle connection is replaced by the pool; the next query tells whether the database is back.
      onPoolError: (error) => console.warn(`database connection lost: ${error.message}`),
      onConnectionError: (error) => console.warn(`database connection lost: ${error.message}`),
    },
  );
  const client = new PrismaClient({ adapter, transactionOptions: { maxWait: 15_000, timeout: 30_000 } });
  const once = <T>(work: (sql: Sql, changes: NewChange[]) => Promise<T>) =>
    client.$transaction(async (sql) => {
      const changes: NewChange[] = [];
      const result = await work(sql, changes);
      await recordChanges(sql, changes);
      return result;
    });
  return {
    client,
    url,
    async transact(work) {
      for (let tries = 1; ; tries += 1) {
        try {
          return await once(work);
        } catch (error) {
          if (tries === 4 || !isDeadlock(error)) throw error;
        }
      }
    },
    close: () => client.$disconnect(),
  };
}

/** The only row of a query that gives at most one. */
export function first<T>(rows: readonly T[]): T | null {
  return rows[0] ?? null;
}

/** Parameter for a jsonb column; null is SQL's NULL. */
export function json(value: unknown): Prisma.Sql {
  return value === null || value === undefined
    ? Prisma.sql`NULL::jsonb`
    : Prisma.sql`${JSON.stringify(value)}::jsonb`;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
export const isUuid = (text: string): boolean => UUID.test(text);

/** ISO 8601 in UTC, as views give times. */
export const iso = (at: Date): string => at.toISOString();
export const isoOrNull = (at: Date | null): string | null => at?.toISOString() ?? null;
