import { afterAll, expect, test } from 'vitest';
import { migrate, schemaDifference } from '../src/migrations.ts';
import { openTestStore, startTestDatabase } from '../src/testing.ts';

const stops: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(stops.map((stop) => stop())));

test('a migrated database has nothing more to migrate, and is what the schema says', async () => {
  const database = await startTestDatabase();
  stops.push(database.stop);
  expect(await migrate(database.url)).toEqual([]);
  expect(await schemaDifference(database.url)).toBeNull();
});

test('an empty store answers', async () => {
  const { store, stop } = await openTestStore();
  stops.push(stop);
  await store.ping();
  expect((await store.tree()).sites).toMatchObject([{ name: 'Default', clusters: [{ name: 'Default' }] }]);
  expect(await store.overview()).toMatchObject({ vmTotal: 0, openTasks: 0, hosts: { total: 0 } });
  expect(await store.changes.latestId()).toBe('0');
  expect(await store.tasks.claim('w', 1000)).toBeNull();
  for (const list of [store.vms, store.hosts, store.tasks, store.events])
    expect(await list.page({ filter: 'x', sort: 'name', limit: 10 })).toEqual({
      items: [],
      nextCursor: null,
      total: 0,
    });
  expect(await store.search('x', 10)).toEqual([]);
});
