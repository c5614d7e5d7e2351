import { mkdirSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmbeddedPostgres } from '@vireo/store';
import { type Child, startChild, waitForHttp, whileAlive } from './children.ts';
import { chooseHosts, startHosts, writeHostsFile } from './first-hosts.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
/** The VRM marks the line that tells the first password, so that it is shown once and never logged. */
const FIRST_PASSWORD = 'VIREO_FIRST_PASSWORD ';
/** And this line, once it is up. */
const READY = 'VIREO_READY';

const took = (sinceMs: number) => `${((Date.now() - sinceMs) / 1000).toFixed(1)} s`;

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const startedAt = Date.now();
  const result = await work();
  console.log(`  ${what.padEnd(44)} ${took(startedAt)}`);
  return result;
}

/**
 * Brings everything up in order and stays until it is told to stop (Ctrl-C, SIGTERM, or npm gone): hosts and
 * database first, side by side, then the VRM, then the portal.
 */
export async function startAll(): Promise<void> {
  const startedAt = Date.now();
  const configured = process.env.VIREO_DATA_DIR ?? '.data';
  const dataDir = isAbsolute(configured) ? configured : resolve(root, configured);
  const logs = join(dataDir, 'logs');
  mkdirSync(logs, { recursive: true, mode: 0o700 });
  const port = Number(process.env.PORT ?? 3000);
  const vrmPort = Number(process.env.VIREO_VRM_PORT ?? 3001);
  const stops: (() => Promise<void>)[] = [];

  let isStopping = false;
  const stopAll = async (exitCode: number) => {
    if (isStopping) return;
    isStopping = true;
    console.log('\nStopping ...');
    const stopStartedAt = Date.now();
    for (const stop of stops.reverse()) {
      await stop().catch((error: unknown) =>
        console.error(`  ${error instanceof Error ? error.message : String(error)}`),
      );
    }
    console.log(`Stopped in ${took(stopStartedAt)}.`);
    process.exit(exitCode);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stopAll(0));
  // npm that is killed leaves its children behind: notice the new parent and stop.
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) void stopAll(0);
  }, 1000).unref();

  const watch = (child: Child) => {
    stops.push(() => child.stop());
    void child.ended.then((how) => {
      if (isStopping) return;
      console.error(`\n${child.name} ended by itself (${how}); see ${join(logs, `${child.name}.log`)}`);
      void stopAll(1);
    });
  };

  try {
    const choice = chooseHosts(process.env.VIREO_LAB);
    console.log(`Starting Vireo (hosts: ${choice.kind}; ${choice.reason})`);
    const [database, hosts] = await Promise.all([
      process.env.DATABASE_URL
        ? { url: process.env.DATABASE_URL, stop: () => Promise.resolve() }
        : timed('PostgreSQL (embedded)', () => startEmbeddedPostgres({ dataDir: join(dataDir, 'postgres') })),
      timed(`Hosts (${choice.kind})`, () => startHosts(choice.kind, dataDir, root, logs)),
    ]);
    stops.push(
      () => database.stop(),
      () => hosts.stop(),
    );

    let firstPassword: string | null = null;
    let sayReady: () => void = () => undefined;
    const isReady = new Promise<void>((resolve) => {
      sayReady = resolve;
    });
    const vrm = startChild({
      name: 'vrm',
      args: ['apps/vrm/src/main.ts'],
      cwd: root,
      logs,
      env: {
        NODE_ENV: 'production',
        DATABASE_URL: database.url,
        VIREO_DATA_DIR: dataDir,
        VIREO_VRM_PORT: String(vrmPort),
        VIREO_HOSTS_FILE: writeHostsFile(dataDir, hosts.hosts, hosts.kind === 'simulator'),
      },
      onLine: (line) => {
        if (line === READY) sayReady();
        if (!line.startsWith(FIRST_PASSWORD)) return true;
        firstPassword = line.slice(FIRST_PASSWORD.length);
        return false;
      },
    });
    watch(vrm);
    const portal = startChild({
      name: 'portal',
      args: ['src/server.ts'],
      cwd: join(root, 'apps/portal'),
      logs,
      env: { NODE_ENV: 'production', PORT: String(port), VIREO_VRM_URL: `http://127.0.0.1:${vrmPort}` },
    });
    watch(portal);
    await timed('VRM (control plane)', () => whileAlive(vrm, 60_000, isReady));
    await timed('Portal', () => waitForHttp(`http://127.0.0.1:${port}/login`, portal, 60_000));

    console.log(`\nVireo is up after ${took(startedAt)}:  http://localhost:${port}`);
    if (firstPassword !== null)
      console.log(
        `Sign in as "admin" with the password  ${firstPassword}  (shown only now; you will be asked for a new one)`,
      );
    if (hosts.kind === 'simulator')
      console.log('The hosts are SIMULATED: nothing runs on them. They are labelled so in the console.');
    console.log('Ctrl-C stops all of it; the data stays.');
  } catch (error) {
    console.error(`\nVireo could not start: ${error instanceof Error ? error.message : String(error)}`);
    await stopAll(1);
  }
}
