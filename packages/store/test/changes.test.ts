import type { Change } from '@vireo/contracts';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestStore } from '../src/testing.ts';
import type { Store } from '../src/types.ts';

let store: Store;
let url: string;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ store, url, stop } = await openTestStore());
});
afterAll(() => stop());

const record = () => store.events.record({ severity: 'info', message: { key: 'x' } });

async function collect(lastId: string, isEnough: (seen: Change[]) => boolean): Promise<Change[]> {
  const seen: Change[] = [];
  const abort = new AbortController();
  for await (const batch of store.changes.follow(lastId, abort.signal)) {
    seen.push(...batch);
    if (isEnough(seen)) abort.abort();
  }
  return seen;
}

test('followers see each change of many parallel writers, once and in order', async () => {
  const start = await store.changes.latestId();
  const writers = Array.from({ length: 12 }, async () => {
    for (let n = 0; n < 15; n += 1) await record();
  });
  const followers = [1, 2, 3].map(() => collect(start, (seen) => seen.length >= 180));
  await Promise.all(writers);
  for (const seen of await Promise.all(followers)) {
    const ids = seen.map((change) => Number(change.id));
    expect(ids).toHaveLength(180);
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    expect(new Set(seen.map((change) => change.objectId)).size).toBe(180);
  }
  const whole = await collect(start, (seen) => seen.length >= 180);
  expect(whole).toHaveLength(180);
});

test('a live follower survives the loss of all connections', async () => {
  const start = await store.changes.latestId();
  const seen = collect(start, (changes) => changes.length >= 2);
  await record();
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  await admin.end();
  for (let tries = 0; ; tries += 1) {
    try {
      await record();
      break;
    } catch (error) {
      expect(error).toMatchObject({ code: 'unavailable' });
      expect(tries).toBeLessThan(30);
    }
  }
  expect((await seen).length).toBeGreaterThanOrEqual(2);
});

test('who comes back after pruning, or with an unknown id, is told to re-read everything', async () => {
  const old = await store.changes.latestId();
  await record();
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query("update change set at = now() - interval '2 days'");
  await admin.end();
  await store.prune();
  const latest = await store.changes.latestId();
  expect(Number(latest)).toBeGreaterThan(Number(old));
  for (const lastId of [old, '999999999', 'nonsense', '-1', '1; drop table change']) {
    const seen = await collect(lastId, () => true);
    expect(seen).toEqual([{ id: latest, kind: 'tree', objectId: '*', what: 'upserted' }]);
  }
  await record();
  expect(await collect(latest, () => true)).toMatchObject([{ kind: 'event' }]);
});
