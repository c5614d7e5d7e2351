import { changeFeed } from './changes.ts';
import { openDatabase } from './database.ts';
import { eventQueries } from './events.ts';
import { hostQueries } from './hosts.ts';
import { inventoryQueries } from './inventory.ts';
import { openListener } from './listener.ts';
import { observeQueries } from './observe-host.ts';
import { guarded } from './outage.ts';
import { secretQueries } from './secrets.ts';
import { consoleTicketQueries, sessionQueries, signInAttemptQueries } from './sessions.ts';
import { settingQueries } from './settings.ts';
import { storageQueries } from './storage.ts';
import { taskQueries } from './task-queries.ts';
import { taskRun } from './task-run.ts';
import { taskSubmit } from './task-submit.ts';
import type { Store } from './types.ts';
import { userQueries } from './users.ts';
import { vmQueries } from './vms.ts';

const KEEP_CHANGES = { rows: 100_000, ms: 24 * 3600_000 };
const PRUNE_EVERY_MS = 600_000;

export interface OpenStore {
  /** A migrated database (see `migrate`). */
  databaseUrl: string;
  /** File of the sealing key, outside the database; made (0600) when the first secret is sealed. */
  sealKeyPath: string;
  /** Size of the connection pool; one more connection listens. */
  connections?: number;
}

/**
 * Opens the memory. Never waits for the database: while it can't be reached, each call is refused with
 * `unavailable`, and works again when it is back.
 */
export function openStore({ databaseUrl, sealKeyPath, connections = 10 }: OpenStore): Promise<Store> {
  const database = openDatabase(databaseUrl, connections);
  const listener = openListener(databaseUrl);
  const changes = changeFeed(database, listener);
  const vms = vmQueries(database);
  const prune = () => changes.prune(KEEP_CHANGES);
  const pruning = setInterval(() => {
    prune().catch((error: unknown) => console.warn(`old changes were not pruned: ${String(error)}`));
  }, PRUNE_EVERY_MS);
  pruning.unref();

  const store: Store = {
    hosts: hostQueries(database),
    vms,
    storage: storageQueries(database),
    observe: observeQueries(database),
    tasks: {
      submit: taskSubmit(database),
      ...taskRun(database, listener),
      ...taskQueries(database),
    },
    changes: { latestId: changes.latestId, follow: changes.follow },
    secrets: secretQueries(database, sealKeyPath),
    settings: settingQueries(database),
    users: userQueries(database),
    sessions: sessionQueries(database),
    signInAttempts: signInAttemptQueries(database),
    consoleTickets: consoleTicketQueries(database),
    events: eventQueries(database),
    ...inventoryQueries(database, vms.countsByState),
    prune,
    async ping() {
      await database.client.$queryRaw`SELECT 1`;
    },
    async close() {
      clearInterval(pruning);
      await listener.close();
      await database.close();
    },
  };
  return Promise.resolve(guarded(store));
}
