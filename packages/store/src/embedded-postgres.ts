import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { VireoError } from '@vireo/contracts';
import pg from 'pg';
import { letPass, postgresBinaries, postgresIdentity, runInitdb } from './postgres-binaries.ts';

export interface EmbeddedPostgres {
  /** Connection string of the database `vireo`, with the password. */
  url: string;
  port: number;
  pid: number;
  /** Whether the data were there before. */
  isReused: boolean;
  /** Fast shutdown: clients are cut, data are written. Resolves when the process is gone. */
  stop(): Promise<void>;
}

interface Options {
  dataDir: string;
  /** Absent: the last one when it is free, else any free one. */
  port?: number;
  /** For tests: much quicker, and loses data in a power cut. */
  isThrowaway?: boolean;
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** A free TCP port of the loopback; `wanted` when that is free. */
async function freePort(wanted: number | undefined): Promise<number> {
  const tryPort = (port: number) =>
    new Promise<number | null>((resolve) => {
      const server = createServer();
      server.once('error', () => resolve(null));
      server.listen(port, '127.0.0.1', () => {
        const address = server.address();
        server.close(() => resolve(typeof address === 'object' ? (address?.port ?? null) : null));
      });
    });
  const found = (wanted === undefined ? null : await tryPort(wanted)) ?? (await tryPort(0));
  if (found === null) throw new VireoError('unavailable');
  return found;
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** The postmaster of a data directory as its pid file tells, if that process is alive and is a Postgres. */
async function runningPostmaster(cluster: string): Promise<{ pid: number; port: number } | null> {
  const lines = (await readIfThere(join(cluster, 'postmaster.pid')))?.split('\n');
  if (!lines) return null;
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid)) return null;
  // After a reboot the number may belong to any other program.
  const commandLine = await readIfThere(`/proc/${pid}/cmdline`);
  if (commandLine !== null && !commandLine.includes('postgres')) return null;
  return { pid, port };
}

async function answers(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function stopPid(pid: number): Promise<void> {
  if (!isAlive(pid)) return;
  process.kill(pid, 'SIGINT');
  for (let waitedMs = 0; isAlive(pid); waitedMs += 20) {
    if (waitedMs === 15_000) process.kill(pid, 'SIGQUIT');
    if (waitedMs > 25_000) throw new Error(`postgres (pid ${pid}) does not stop`);
    await wait(20);
  }
}

async function password(dataDir: string): Promise<string> {
  const path = join(dataDir, 'password');
  const known = await readIfThere(path);
  if (known) return known.trim();
  const fresh = randomBytes(24).toString('base64url');
  await writeFile(path, `${fresh}\n`, { mode: 0o600 });
  return fresh;
}

async function ensureDatabase(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query("select 1 from pg_database where datname = 'vireo'");
    if (!rowCount) await client.query('create database vireo');
  } finally {
    await client.end();
  }
}

/**
 * Starts (or finds running) a real PostgreSQL of its own in `dataDir`: loopback only, random password kept there (0600).
 * A process that a crash left behind is used again; a stale pid file is no obstacle.
 * @throws Error with the end of the server's log when it doesn't come up.
 */
export async function startEmbeddedPostgres(options: Options): Promise<EmbeddedPostgres> {
  const identity = await postgresIdentity();
  const cluster = join(options.dataDir, 'cluster');
  await mkdir(cluster, { recursive: true, mode: 0o700 });
  const { postgres } = await postgresBinaries();
  if (identity) {
    await chown(cluster, identity.uid, identity.gid);
    await letPass(cluster);
    await letPass(postgres);
  }
  const secret = await password(options.dataDir);
  const urlOf = (port: number, database: string) =>
    `postgresql://vireo:${secret}@127.0.0.1:${port}/${database}`;

  const isReused = (await readIfThere(join(cluster, 'PG_VERSION'))) !== null;
  if (!isReused) await runInitdb(cluster, secret, identity);

  const left = await runningPostmaster(cluster);
  if (left) {
    if (await answers(urlOf(left.port, 'postgres'))) {
      await ensureDatabase(urlOf(left.port, 'postgres'));
      return {
        url: urlOf(left.port, 'vireo'),
        port: left.port,
        pid: left.pid,
        isReused,
        stop: () => stopPid(left.pid),
      };
    }
    await stopPid(left.pid);
  }
  await rm(join(cluster, 'postmaster.pid'), { force: true });

  const lastPort = Number(await readIfThere(join(options.dataDir, 'port'))) || undefined;
  const port = await freePort(options.port ?? lastPort);
  const logPath = join(options.dataDir, 'postgres.log');
  const log = await open(logPath, 'w', 0o600);
  const settings = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: options.isThrowaway ? '300' : '100',
    shared_buffers: options.isThrowaway ? '32MB' : '128MB',
    log_min_messages: 'warning',
    ...(options.isThrowaway ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  };
  const child = spawn(
    postgres,
    ['-D', cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    {
      // Its own process group: Ctrl-C at the terminal is for us, who then stop it in good order.
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
      ...(identity ?? {}),
    },
  );
  await log.close();
  let exit: string | null = null;
  child.once('error', (error) => {
    exit = error.message;
  });
  child.once('exit', (code, signal) => {
    exit = `exit ${code ?? signal}`;
  });
  child.unref();
  for (let tries = 0; !(await answers(urlOf(port, 'postgres'))); tries += 1) {
    if (exit !== null || tries > 600) {
      if (child.pid && exit === null) await stopPid(child.pid);
      const tail = (await readIfThere(logPath))?.slice(-2000) ?? '';
      throw new Error(`PostgreSQL did not start (${exit ?? 'no answer within 60 s'}):\n${tail}`);
    }
    await wait(tries < 20 ? 25 : 100);
  }
  await writeFile(join(options.dataDir, 'port'), String(port));
  await ensureDatabase(urlOf(port, 'postgres'));
  const pid = child.pid;
  if (pid === undefined) throw new Error('PostgreSQL has no process');
  return { url: urlOf(port, 'vireo'), port, pid, isReused, stop: () => stopPid(pid) };
}
