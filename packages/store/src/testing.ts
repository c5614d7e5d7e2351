import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { migrate, migrationFiles } from './migrations.ts';
import { openStore } from './open-store.ts';
import type { Store } from './types.ts';

const keeper = fileURLToPath(new URL('./testing-keeper.ts', import.meta.url));
const place = createHash('sha256').update(keeper).digest('hex').slice(0, 12);
/** Where the keeper of this checkout listens: one PostgreSQL for all test processes that run at once. */
const KEEPER_SOCKET = join(tmpdir(), `vireo-test-postgres-${process.getuid?.() ?? 'user'}-${place}.sock`);

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function tryConnect(): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = connect(KEEPER_SOCKET);
    socket.once('connect', () => resolve(socket));
    socket.once('error', () => resolve(null));
  });
}

async function reachKeeper(): Promise<{ socket: Socket; adminUrl: string }> {
  for (let tries = 0; tries < 300; tries += 1) {
    const socket = await tryConnect();
    if (socket) {
      for await (const line of createInterface({ input: socket })) return { socket, adminUrl: line };
    } else if (tries % 50 === 0) {
      spawn(process.execPath, ['--import', 'tsx', keeper, KEEPER_SOCKET], {
        cwd: fileURLToPath(new URL('..', import.meta.url)),
        detached: true,
        stdio: 'ignore',
      }).unref();
    }
    await wait(100);
  }
  throw new Error('the test PostgreSQL does not come up');
}

/** One connection per process: its end tells the keeper that we are gone, whatever became of us. */
let reached: Promise<{ socket: Socket; adminUrl: string }> | null = null;

async function asAdmin<T>(work: (client: pg.Client, adminUrl: string) => Promise<T>): Promise<T> {
  reached ??= reachKeeper().then((found) => {
    found.socket.unref();
    found.socket.on('error', () => undefined);
    return found;
  });
  const { adminUrl } = await reached;
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    return await work(client, adminUrl);
  } finally {
    await client.end();
  }
}

function urlOf(adminUrl: string, database: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  return url.href;
}

/** The migrated database that others are copied from, named by the migrations it was made with. */
async function ensureTemplate(client: pg.Client, adminUrl: string): Promise<string> {
  const files = await migrationFiles();
  const name = `template_${createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 16)}`;
  await client.query('select pg_advisory_lock(8461)');
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
  if (!rowCount) {
    await client.query(`create database ${name}_new`);
    await migrate(urlOf(adminUrl, `${name}_new`));
    await client.query(`alter database ${name}_new rename to ${name}`);
  }
  await client.query('select pg_advisory_unlock(8461)');
  return name;
}

/**
 * A migrated, empty database of its own on a shared throw-away PostgreSQL that ends by itself some seconds after the
 * last test process. First call about 2 s, later ones about 50 ms.
 */
export async function startTestDatabase(): Promise<{ url: string; stop: () => Promise<void> }> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  const url = await asAdmin(async (client, adminUrl) => {
    const template = await ensureTemplate(client, adminUrl);
    await client.query(`create database ${name} template ${template}`);
    return urlOf(adminUrl, name);
  });
  return {
    url,
    stop: () => asAdmin(async (client) => void (await client.query(`drop database ${name} with (force)`))),
  };
}

/** An open store on a fresh test database, with a sealing key of its own. */
export async function openTestStore(): Promise<{ store: Store; url: string; stop: () => Promise<void> }> {
  const database = await startTestDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'vireo-store-test-'));
  const store = await openStore({ databaseUrl: database.url, sealKeyPath: join(folder, 'seal.key') });
  return {
    store,
    url: database.url,
    stop: async () => {
      await store.close();
      await database.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
