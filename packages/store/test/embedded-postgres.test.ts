import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type EmbeddedPostgres, migrate, openStore, startEmbeddedPostgres } from '../src/index.ts';
import { migrationFiles } from '../src/migrations.ts';

let folder: string;
let running: EmbeddedPostgres[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vireo-embedded-'));
});
afterEach(async () => {
  for (const postgres of running) await postgres.stop();
  running = [];
  await rm(folder, { recursive: true, force: true });
});

async function start(): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({
    dataDir: join(folder, 'deep', 'postgres'),
    isThrowaway: true,
  });
  running.push(postgres);
  return postgres;
}
const open = (url: string) => openStore({ databaseUrl: url, sealKeyPath: join(folder, 'seal.key') });
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('starts from nothing, keeps its data and its password, and stops', async () => {
  const first = await start();
  expect(first.isReused).toBe(false);
  expect((await stat(join(folder, 'deep', 'postgres', 'password'))).mode & 0o777).toBe(0o600);
  expect(await migrate(first.url)).toEqual((await migrationFiles()).map((file) => file.name));
  expect(await migrate(first.url)).toEqual([]);
  const store = await open(first.url);
  await store.settings.set('kept', 1);
  await store.close();
  await first.stop();
  expect(isAlive(first.pid)).toBe(false);

  const second = await start();
  expect(second).toMatchObject({ isReused: true, url: first.url });
  const again = await open(second.url);
  expect(await again.settings.get('kept')).toBe(1);
  await again.close();
});

test('a server that a crash left behind is used again, and a stale pid file is no obstacle', async () => {
  const left = await start();
  expect(await start()).toMatchObject({ pid: left.pid, url: left.url });
  // As after a power cut: the process is gone, its pid file is not.
  process.kill(left.pid, 'SIGKILL');
  await expect.poll(() => isAlive(left.pid)).toBe(false);
  expect(await readFile(join(folder, 'deep', 'postgres', 'cluster', 'postmaster.pid'), 'utf8')).toContain(
    String(left.pid),
  );
  const next = await start();
  expect(next.pid).not.toBe(left.pid);
});

test('while the database is away calls are refused as unavailable, and work again when it is back', async () => {
  const first = await start();
  await migrate(first.url);
  const store = await open(first.url);
  await store.ping();
  await first.stop();
  const calls = [
    () => store.ping(),
    () => store.vms.page({ filter: '', sort: 'name', limit: 1 }),
    () => store.events.record({ severity: 'info', message: { key: 'x' } }),
    () => store.settings.set('a', 1),
    () => store.users.count(),
    () => store.tasks.claim('w', 1),
  ];
  for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'unavailable' });
  const abort = new AbortController();
  const feed = store.changes.follow('0', abort.signal)[Symbol.asyncIterator]();
  const next = feed.next();
  await start();
  await expect
    .poll(
      () =>
        store.ping().then(
          () => true,
          () => false,
        ),
      { timeout: 10_000 },
    )
    .toBe(true);
  await store.events.record({ severity: 'info', message: { key: 'back' } });
  expect((await next).value).toMatchObject([{ kind: 'event' }]);
  abort.abort();
  await store.close();
});
