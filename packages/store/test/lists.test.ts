import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestStore } from '../src/testing.ts';
import type { Store } from '../src/types.ts';
import { addHost, change, hardware, observed, submit, USAGE } from './fixtures.ts';

const NAMES = [
  '13',
  '--help',
  '$(id)',
  'a%b_c',
  "o'brien",
  '"quoted"',
  'Ünïcode 虚拟机',
  'back\\slash',
  '%',
  '_',
];
const SORTS = {
  vms: [
    'name',
    'state',
    'host',
    'vcpus',
    'memoryMiB',
    'diskBytes',
    'cpuPercent',
    'memoryUsedMiB',
    'createdAt',
  ],
  hosts: ['name', 'address', 'connection', 'cluster', 'createdAt', 'cpuPercent', 'vmCount'],
  tasks: ['name', 'createdAt', 'state', 'operation', 'objectName', 'user', 'startedAt', 'finishedAt'],
  events: ['name', 'at', 'severity', 'objectName', 'user', 'operation'],
} as const;

let store: Store;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ store, stop } = await openTestStore());
  const ids: string[] = [];
  for (const [index, name] of ['cna01', 'CNA02', 'cna03'].entries()) {
    const host = await addHost(store, name, index !== 2);
    const vms = NAMES.map((vm, n) =>
      observed({
        name: vm,
        state: n % 3 === 0 ? 'shutOff' : 'running',
        usage: n % 3 === 0 ? null : { ...USAGE, cpuPercent: n / 7 },
        hardware: hardware({ vcpus: (n % 4) + 1 }),
        addresses: [`10.${index}.0.${n}`],
      }),
    );
    await store.observe.vms(host, vms, { isComplete: true });
    ids.push(vms[0]?.id ?? '');
  }
  for (const id of ids) await submit(store, { object: { kind: 'vm', id, name: '13' } });
});
afterAll(() => stop());

async function pages(list: keyof typeof SORTS, sort: string, limit: number, filter = ''): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page: { items: { id: string }[]; nextCursor: string | null; total: number } = await store[
      list
    ].page({
      ...{ filter, sort, limit },
      ...(cursor === null ? {} : { cursor }),
    });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    ids.push(...page.items.map((item) => item.id));
    cursor = page.nextCursor;
    if (cursor === null) expect(page.total).toBe(ids.length);
  } while (cursor !== null);
  return ids;
}

test('pages put together are the whole list, for each list, sort and page size', async () => {
  const cases = Object.entries(SORTS).flatMap(([list, sorts]) =>
    sorts.flatMap((sort) => [
      [list, sort],
      [list, `-${sort}`],
    ]),
  );
  for (const [list = '', sort = ''] of cases) {
    const key = list as keyof typeof SORTS;
    const whole = await pages(key, sort, 500);
    expect(whole.length, list).toBeGreaterThan(0);
    expect(new Set(whole).size).toBe(whole.length);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 12 }), async (limit) => {
        expect(await pages(key, sort, limit), `${list} ${sort}`).toEqual(whole);
      }),
      { numRuns: 2 },
    );
  }
});

test('descending is ascending backwards', async () => {
  for (const sort of SORTS.vms)
    expect(await pages('vms', `-${sort}`, 7)).toEqual((await pages('vms', sort, 500)).reverse());
});

test('filters find what they say', async () => {
  const count = async (filter: string) => (await store.vms.page({ filter, sort: 'name', limit: 100 })).total;
  expect(await count('')).toBe(30);
  expect(await count('host:cna02')).toBe(10);
  expect(await count('state:unknown')).toBe(10);
  expect(await count('state:running')).toBe(12);
  expect(await count('state:running,shutOff host:cna01')).toBe(10);
  expect(await count('name:虚拟机')).toBe(3);
  expect(await count('ÜNÏ')).toBe(3);
  expect(await count('%')).toBe(6);
  expect(await count('_')).toBe(6);
  expect(await count('\\')).toBe(3);
  expect(await count("'")).toBe(3);
  expect(await count('cluster:default address:10.0.0.1')).toBe(1);
  expect(await count('id:13')).toBe(0);
  expect(await count('hostId:$(id)')).toBe(0);
  expect(await store.vms.countsByState({ filter: 'host:cna01' })).toEqual({ running: 6, shutOff: 4 });
  expect((await store.hosts.page({ filter: 'connection:connected', sort: 'name', limit: 9 })).total).toBe(2);
  expect((await store.tasks.page({ filter: 'state:open 13 user:ADMIN', sort: 'name', limit: 9 })).total).toBe(
    3,
  );
  expect((await store.events.page({ filter: 'kind:audit outcome:open', sort: 'name', limit: 9 })).total).toBe(
    3,
  );
});

test('unknown fields, sorts, values and cursors are refused by name', async () => {
  const page = (input: object) => store.vms.page({ filter: '', sort: 'name', limit: 5, ...input });
  await expect(page({ filter: 'colour:red' })).rejects.toMatchObject({
    code: 'input.invalid',
    fields: [{ field: 'filter', message: expect.stringContaining('"colour"') }],
  });
  for (const input of [
    { filter: 'state:on' },
    { filter: 'constructor:x' },
    { sort: 'passwordHash' },
    { sort: '__proto__' },
    { sort: '-' },
    { cursor: 'x' },
    { cursor: Buffer.from('["name","a"]').toString('base64url') },
    { cursor: Buffer.from('["-name","a","00000000-0000-4000-8000-000000000001"]').toString('base64url') },
    {
      sort: 'vcpus',
      cursor: Buffer.from('["vcpus","1;x","00000000-0000-4000-8000-000000000001"]').toString('base64url'),
    },
  ])
    await expect(page(input), JSON.stringify(input)).rejects.toMatchObject({ code: 'input.invalid' });
});

test('a forged cursor is refused, never an error of the database', async () => {
  const forge = (sort: string, value: unknown) =>
    Buffer.from(JSON.stringify([sort, value, '00000000-0000-4000-8000-000000000001'])).toString('base64url');
  for (const [sort, value] of [
    ['cpuPercent', '1e999'],
    ['cpuPercent', 'NaN'],
    ['vcpus', '9'.repeat(19)],
    ['createdAt', '2026-13-01 00:00:00+00'],
    ['createdAt', '2026-02-30 00:00:00+00'],
    ['createdAt', '999999-01-01 00:00:00+00'],
    ['createdAt', '0000-01-01 00:00:00+00'],
    ['createdAt', '2026-01-01 25:00:00+00'],
    ['createdAt', '2026-01-01 00:00:00+99'],
    ['name', 'a\0b'],
    ['name', '\ud800'],
    ['name', 7],
  ] as const)
    await expect(
      store.vms.page({ filter: '', sort, limit: 5, cursor: forge(sort, value) }),
      `${sort} ${value}`,
    ).rejects.toMatchObject({ code: 'input.invalid' });
  for (const [sort, value] of [
    ['cpuPercent', '-1'],
    ['cpuPercent', '1e-07'],
    ['createdAt', '2026-02-28 23:59:59.123456+05:30'],
  ] as const)
    await store.vms.page({ filter: '', sort, limit: 5, cursor: forge(sort, value) });
});

test('numbers that one host makes up break no list of the others', async () => {
  const liar = await addHost(store, 'liar');
  const many = 2_000_000_000;
  const vms = [1, 2].map(() => observed({ hardware: hardware({ vcpus: many, maxVcpus: many }) }));
  await store.observe.vms(liar, vms, { isComplete: true });
  const page = await store.hosts.page({ filter: 'name:liar', sort: 'name', limit: 5 });
  expect(page.items[0]?.vcpusConfigured).toBe(2 * many);
  expect((await store.overview()).cpu.vcpusConfigured).toBeGreaterThanOrEqual(2 * many);
  await change(store, { kind: 'host.remove', hostId: liar });
});

test('no text that anyone types breaks a list or the search', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (text) => {
      await store.search(text, 5);
      for (const list of ['vms', 'hosts', 'tasks', 'events'] as const) {
        const quoted = `"${text.replaceAll('"', '')}"`;
        for (const filter of [quoted, `object:${quoted}`, `name:${quoted}`, `host:${quoted}`, `id:${quoted}`])
          await store[list].page({ filter, sort: 'name', limit: 2 }).catch((error: unknown) => {
            expect(error).toMatchObject({ code: 'input.invalid' });
          });
      }
    }),
    { numRuns: 25 },
  );
});

test('the search and the tree find things', async () => {
  const hits = await store.search('cna02', 10);
  expect(hits[0]).toMatchObject({ kind: 'host', name: 'CNA02' });
  expect((await store.search("o'br", 10)).map((hit) => hit.kind)).toEqual(['vm', 'vm', 'vm']);
  expect(await store.search('  ', 10)).toEqual([]);
  const tree = await store.tree();
  expect(tree.sites[0]?.clusters[0]?.hosts).toMatchObject([
    { name: 'cna01', connection: 'connected', isSimulated: false, vmCount: 10 },
    { name: 'CNA02' },
    { name: 'cna03', connection: 'connecting' },
  ]);
  expect(await store.overview()).toMatchObject({
    hosts: { total: 3, connected: 2 },
    vmTotal: 30,
    vms: { unknown: 10 },
    openTasks: expect.any(Number),
  });
});
