import {
  type HostConnection,
  type HostId,
  type HostRecord,
  type MessageRef,
  VireoError,
} from '@vireo/contracts';
import type { HostSession, KeepSession, KeptSession, LinkReport, OpenSession } from '@vireo/link';
import type { Store } from '@vireo/store';
import type { Logger } from 'pino';
import { endpointOf } from '../hosts/credentials.ts';
import type { Reread } from '../hosts/host-access.ts';
import { HostReader } from './host-reader.ts';
import type { HostReads } from './host-reads.ts';
import { HostWatch } from './host-watch.ts';
import { Notice } from './notice.ts';
import { Observation } from './observation.ts';

export interface WatcherDeps {
  store: Pick<Store, 'observe' | 'secrets'>;
  keepSession: KeepSession;
  openSession: OpenSession;
  reads: HostReads;
  log: Logger;
  /** Pause between two readings, asked each time: it depends on how many hosts there are. */
  cycleMs: () => number;
}

const CONNECT_TIMEOUT_MS = 5000;

/**
 * Keeps one host in sight. `connected` means: its VMs were read over the present connection. While it is anything
 * else there is no session for anyone.
 */
export class HostWatcher {
  readonly hostId: HostId;
  readonly changed = new Notice();
  readonly hinted = new Notice();
  record: HostRecord;
  #connection: HostConnection = 'connecting';
  #reason: MessageRef | null = null;
  #isTold = false;
  readonly #deps: WatcherDeps;
  readonly #log: Logger;
  readonly #kept: KeptSession;
  #session: HostSession | null = null;
  #watch: HostWatch | null = null;
  #isStopped = false;
  #writes: Promise<void> = Promise.resolve();

  constructor(deps: WatcherDeps, record: HostRecord) {
    this.hostId = record.id;
    this.record = record;
    this.#deps = deps;
    this.#log = deps.log.child({ host: record.name });
    this.#setConnection('connecting', null);
    this.#kept = deps.keepSession({
      endpoint: () => endpointOf(this.record.target, deps.store.secrets),
      onReport: (report) => this.#take(report),
      open: deps.openSession,
      connectTimeoutMs: CONNECT_TIMEOUT_MS,
    });
  }

  get connection(): { connection: HostConnection; reason: MessageRef | null } {
    return { connection: this.#connection, reason: this.#reason };
  }

  /** null unless connected. */
  get session(): HostSession | null {
    return this.#connection === 'connected' && this.#session?.isOpen ? this.#session : null;
  }

  announceReread(): void {
    this.#watch?.announceReread();
  }

  async reread(what: Reread): Promise<void> {
    await this.#watch?.reread(what);
  }

  /** Its row changed: another address, key or credential means another connection. */
  update(record: HostRecord): void {
    const isElsewhere = JSON.stringify(record.target) !== JSON.stringify(this.record.target);
    this.record = record;
    if (isElsewhere) this.#kept.endpointChanged();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#kept.close();
    this.#endWatch();
    this.changed.give();
    await this.#writes;
  }

  #take(report: LinkReport): void {
    this.#endWatch();
    if (report.state !== 'connected') {
      this.#setConnection(report.state, reasonOf(report));
      return;
    }
    const session = openSessionOf(this.#kept);
    // Gone again already: the next report says so.
    if (!session) return;
    this.#session = session;
    const { reads, store, cycleMs } = this.#deps;
    const observation = new Observation();
    const log = this.#log;
    const reader = new HostReader({ store, reads, log }, this.hostId, session, observation);
    this.#watch = new HostWatch(
      session,
      { reads, reader, observation, cycleMs, log },
      {
        onRead: () => this.#setConnection('connected', null),
        onNoAnswer: (detail) => this.#setConnection('unreachable', this.#noAnswer(detail)),
        onHint: () => this.hinted.give(),
      },
    );
  }

  #endWatch(): void {
    this.#watch?.stop();
    this.#watch = null;
    this.#session = null;
  }

  #noAnswer(detail: string): MessageRef {
    return { key: 'errors.host.unreachable', params: { host: this.record.name, detail } };
  }

  #setConnection(connection: HostConnection, reason: MessageRef | null): void {
    const isSame = this.#connection === connection && this.#reason?.key === reason?.key;
    if (isSame && this.#isTold) return;
    this.#isTold = true;
    this.#connection = connection;
    this.#reason = reason;
    this.#log.info({ connection, reason }, 'host');
    this.changed.give();
    // In order, and off the way of the readings.
    this.#writes = this.#writes.then(async () => {
      try {
        if (!this.#isStopped) await this.#deps.store.observe.connection(this.hostId, connection, reason);
      } catch (error) {
        this.#isTold = false;
        this.#log.error({ err: error }, 'the state of the connection was not stored');
      }
    });
  }
}

function reasonOf({ problem }: LinkReport): MessageRef | null {
  if (!problem) return null;
  // The event of a changed key names the one that the host presents now.
  const { key, params } = problem.messageRef;
  return { key, params: { ...params, fingerprint: problem.params.presented ?? '' } };
}

function openSessionOf(kept: KeptSession): HostSession | null {
  try {
    return kept.session();
  } catch (error) {
    if (error instanceof VireoError) return null;
    throw error;
  }
}
