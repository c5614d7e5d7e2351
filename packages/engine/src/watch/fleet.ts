import { type HostId, HostId as HostIdSchema, type HostRecord } from '@vireo/contracts';
import type { HostSession } from '@vireo/link';
import type { Store } from '@vireo/store';
import type { HostAccess, Reread } from '../hosts/host-access.ts';
import { pause } from '../pause.ts';
import { HostWatcher, type WatcherDeps } from './host-watcher.ts';

export interface FleetDeps extends Omit<WatcherDeps, 'cycleMs' | 'store'> {
  store: WatcherDeps['store'] & Pick<Store, 'hosts' | 'changes'>;
  /** Pause between two readings of a host; null: 5 s, or 10 s with more than 20 hosts. */
  cycleMs: number | null;
}

/** One watcher per host of the inventory; hosts that are added, changed or removed are noticed by the change feed. */
export class Fleet implements HostAccess {
  readonly #deps: FleetDeps;
  readonly #watchers = new Map<HostId, HostWatcher>();
  readonly #stopping = new AbortController();
  #following: Promise<void> = Promise.resolve();

  constructor(deps: FleetDeps) {
    this.#deps = deps;
  }

  async start(): Promise<void> {
    // The place in the feed first: what changes while the rows are read is seen twice, never missed.
    const from = await this.#deps.store.changes.latestId();
    await this.#refreshAll();
    this.#following = this.#follow(from);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all([...this.#watchers.values()].map((watcher) => watcher.stop()));
    await this.#following;
  }

  counts(): { hosts: number; connected: number } {
    const all = [...this.#watchers.values()];
    return { hosts: all.length, connected: all.filter((one) => one.session !== null).length };
  }

  nameOf(hostId: HostId): string | undefined {
    return this.#watchers.get(hostId)?.record.name;
  }

  connectionOf(hostId: HostId): ReturnType<HostAccess['connectionOf']> {
    return this.#watchers.get(hostId)?.connection;
  }

  sessionOf(hostId: HostId): HostSession | null {
    return this.#watchers.get(hostId)?.session ?? null;
  }

  async whenConnected(hostId: HostId, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const watcher = this.#watchers.get(hostId);
      if (watcher?.session) return;
      // A host that was added a moment ago has no watcher yet; one that was removed never gets one back.
      if (watcher) await watcher.changed.next(signal, 1000);
      else await pause(200);
    }
  }

  async nextHint(hostId: HostId, timeoutMs: number, signal: AbortSignal): Promise<void> {
    const watcher = this.#watchers.get(hostId);
    if (watcher) await watcher.hinted.next(signal, timeoutMs);
    else await pause(timeoutMs);
  }

  announceReread(hostId: HostId): void {
    this.#watchers.get(hostId)?.announceReread();
  }

  async reread(hostId: HostId, what: Reread): Promise<void> {
    await this.#watchers.get(hostId)?.reread(what);
  }

  async #follow(from: string): Promise<void> {
    const { store, log } = this.#deps;
    const { signal } = this.#stopping;
    let last = from;
    while (!signal.aborted) {
      try {
        for await (const changes of store.changes.follow(last, signal)) {
          const ids = new Set(changes.filter((one) => one.kind === 'host').map((one) => one.objectId));
          for (const id of ids) await this.#refresh(HostIdSchema.parse(id));
          last = changes.at(-1)?.id ?? last;
        }
      } catch (error) {
        log.error({ err: error }, 'the change feed broke off');
        await pause(1000);
      }
    }
  }

  async #refreshAll(): Promise<void> {
    for (const record of await this.#deps.store.hosts.all()) this.#take(record);
  }

  async #refresh(hostId: HostId): Promise<void> {
    const record = await this.#deps.store.hosts.byId(hostId);
    if (record) return this.#take(record);
    const watcher = this.#watchers.get(hostId);
    this.#watchers.delete(hostId);
    await watcher?.stop();
  }

  #take(record: HostRecord): void {
    if (this.#stopping.signal.aborted) return;
    const known = this.#watchers.get(record.id);
    if (known) known.update(record);
    else this.#watchers.set(record.id, new HostWatcher({ ...this.#deps, cycleMs: this.#cycleMs }, record));
  }

  /** Jittered, so that hosts aren't all read in the same instant. */
  readonly #cycleMs = (): number => {
    const pauseMs = this.#deps.cycleMs ?? (this.#watchers.size > 20 ? 10_000 : 5000);
    return pauseMs * (0.9 + Math.random() * 0.2);
  };
}
