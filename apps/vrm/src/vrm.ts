import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { ensureFirstAdministrator, type RequestLimits, SignInGate, USUAL_LIMITS } from '@vireo/api';
import { createEngine, type Engine, type EngineObserver } from '@vireo/engine';
import { migrate, openStore, type Store } from '@vireo/store';
import type { Logger } from 'pino';
import { addFirstHosts } from './first-hosts.ts';
import { startServer } from './server.ts';
import type { Settings } from './settings.ts';

export interface VrmOptions extends Omit<Settings, 'logLevel'> {
  log: Logger;
  /** Told at each turn of a step (tests stop the process there). */
  observer?: EngineObserver;
  limits?: Partial<RequestLimits>;
  engine?: { leaseMs?: number; giveUpMs?: number; cycleMs?: number };
}

export interface Vrm {
  port: number;
  url: string;
  store: Store;
  engine: Engine;
  /** The random password of `admin`, if one was made just now: show it once, never log it. */
  firstPassword: string | null;
  /** Stops taking requests, then the engine (open tasks go on at the next start), then the memory. */
  stop(): Promise<void>;
}

/**
 * Puts the control plane together and starts it: migrations, memory, engine, HTTP.
 * @throws Error when the database can't be reached or migrated, or the port is taken.
 */
export async function createVrm(options: VrmOptions): Promise<Vrm> {
  const { log, dataDir, databaseUrl } = options;
  const applied = await migrate(databaseUrl);
  if (applied.length > 0) log.info({ applied }, 'migrations applied');
  const store = await openStore({ databaseUrl, sealKeyPath: join(dataDir, 'keys', 'seal.key') });
  const signIn = new SignInGate();
  const firstPassword = await ensureFirstAdministrator(store, signIn, options.adminPassword);
  const engine = createEngine({
    store,
    log,
    worker: `${hostname()}:${process.pid}:${randomBytes(4).toString('hex')}`,
    ...(options.observer && { observer: options.observer }),
    ...options.engine,
  });
  await engine.start();
  const server = await startServer({
    store,
    engine,
    signIn,
    log,
    http: {
      publicUrl: options.publicUrl,
      trustedProxies: options.trustedProxies,
      limits: { ...USUAL_LIMITS, ...options.limits },
    },
    listen: { port: options.port, address: options.address },
  });
  if (options.hostsFile) await addFirstHosts(options.hostsFile, server.services, log);
  log.info({ port: server.port }, 'vrm is up');

  return {
    port: server.port,
    url: `http://127.0.0.1:${server.port}`,
    store,
    engine,
    firstPassword,
    async stop() {
      await server.stop();
      await engine.stop();
      await store.close();
    },
  };
}
