import { Change } from '@vireo/contracts';
import type { Database } from './database.ts';
import type { Listener } from './listener.ts';
import type { Store } from './types.ts';

const BATCH = 500;
/** Also without a notification, the table is looked at this often. */
const POLL_MS = 5000;
const RETRY_MS = 500;
const PRUNED_TO = 'changes.prunedTo';

type Wake = { next: () => Promise<void>; stop: () => void };

/** Wakes once for any number of notifications since the last look; also on abort and after POLL_MS. */
function wakeOn(listener: Listener, signal: AbortSignal): Wake {
  let isDue = false;
  let resume: (() => void) | null = null;
  const heard = () => {
    isDue = true;
    resume?.();
  };
  const off = listener.on('change', heard);
  signal.addEventListener('abort', heard);
  return {
    async next() {
      if (!isDue && !signal.aborted) {
        const timer = setTimeout(heard, POLL_MS);
        await new Promise<void>((resolve) => {
          resume = resolve;
        });
        clearTimeout(timer);
      }
      resume = null;
      isDue = false;
    },
    stop() {
      off();
      signal.removeEventListener('abort', heard);
    },
  };
}

/** The change feed: a table that is replayed, and NOTIFY that says when to look again. */
export function changeFeed(
  database: Database,
  listener: Listener,
): Store['changes'] & { prune: typeof prune } {
  const { client } = database;

  async function bounds(): Promise<{ latest: bigint; prunedTo: bigint }> {
    const [row] = await client.$queryRaw<{ latest: bigint; prunedTo: bigint }[]>`
      SELECT p.to AS "prunedTo", greatest(p.to, (SELECT max(id) FROM change)) AS latest
      FROM (SELECT coalesce((SELECT (value #>> '{}')::bigint FROM setting WHERE key = ${PRUNED_TO}), 0) AS to) p`;
    return { latest: row?.latest ?? 0n, prunedTo: row?.prunedTo ?? 0n };
  }

  async function after(id: bigint): Promise<Change[]> {
    const rows = await client.$queryRaw<{ id: bigint; kind: string; objectId: string; what: string }[]>`
      SELECT id, kind, object_id AS "objectId", what FROM change WHERE id > ${id} ORDER BY id LIMIT ${BATCH}`;
    return rows.map((row) => Change.parse({ ...row, id: String(row.id) }));
  }

  /** Followers at the same place share one read. */
  const reads = new Map<bigint, Promise<Change[]>>();
  function afterShared(id: bigint): Promise<Change[]> {
    const running = reads.get(id);
    if (running) return running;
    // A read that started before a notification may lack it: share only while nothing was heard since.
    const read = after(id).finally(() => {
      if (reads.get(id) === read) reads.delete(id);
    });
    reads.set(id, read);
    return read;
  }
  listener.on('change', () => reads.clear());

  async function* follow(lastId: string, signal: AbortSignal): AsyncGenerator<Change[]> {
    // Subscribed before the first look, so that nothing falls between the two.
    const wake = wakeOn(listener, signal);
    let at: bigint | null = null;
    let told = '';
    try {
      while (!signal.aborted) {
        try {
          if (at === null) {
            const { latest, prunedTo } = await bounds();
            const known = /^\d{1,18}$/.test(lastId) ? BigInt(lastId) : -1n;
            const isKnown = known >= prunedTo && known <= latest;
            at = isKnown ? known : latest;
            if (!isKnown) yield [{ id: String(at), kind: 'tree', objectId: '*', what: 'upserted' }];
          }
          const batch = await afterShared(at);
          told = '';
          const last = batch.at(-1);
          if (last) {
            at = BigInt(last.id);
            yield batch;
            if (batch.length === BATCH) continue;
          }
        } catch (error) {
          // Mostly the database is away: nothing is lost, what was written is read when it is back. Said once per reason.
          const reason = error instanceof Error ? error.message : String(error);
          if (reason !== told) console.warn(`the change feed could not be read: ${reason}`);
          told = reason;
          await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
          continue;
        }
        await wake.next();
      }
    } finally {
      wake.stop();
    }
  }

  async function prune(keep: { rows: number; ms: number }): Promise<void> {
    await database.transact(async (sql) => {
      const [row] = await sql.$queryRaw<{ upTo: bigint | null }[]>`
        SELECT greatest(
          (SELECT max(id) FROM change WHERE at < now() - ${keep.ms}::float8 * interval '1 millisecond'),
          (SELECT id FROM change ORDER BY id DESC OFFSET ${keep.rows}::int LIMIT 1)) AS "upTo"`;
      const upTo = row?.upTo;
      if (upTo === null || upTo === undefined) return;
      await sql.$executeRaw`DELETE FROM change WHERE id <= ${upTo}`;
      await sql.$executeRaw`
        INSERT INTO setting (key, value) VALUES (${PRUNED_TO}, to_jsonb(${upTo}::bigint))
        ON CONFLICT (key) DO UPDATE SET value = excluded.value`;
    });
  }

  return { latestId: async () => String((await bounds()).latest), follow, prune };
}
