import { type DomainEvent, HostOutputError } from '@vireo/commands';
import type { VmId } from '@vireo/contracts';
import type { HostSession } from '@vireo/link';
import type { Logger } from 'pino';
import type { Reread } from '../hosts/host-access.ts';
import { followEvents, touchesDefinition } from './event-stream.ts';
import type { HostReader } from './host-reader.ts';
import { type HostReads, NoAnswerError } from './host-reads.ts';
import { Lane } from './lane.ts';
import type { Observation } from './observation.ts';

/** Events come in flocks (one start gives three): wait for the rest before reading. */
const DEBOUNCE_MS = 35;
const FACTS_EVERY_MS = 10 * 60_000;
const STORAGE_EVERY_MS = 60_000;
/** The slow lane is tried again sooner when it failed. */
const SLOW_RETRY_MS = 15_000;

export interface WatchListener {
  /** A whole reading was stored. */
  onRead(): void;
  /** The host can't be read, or what it says makes no sense. */
  onNoAnswer(detail: string): void;
  onHint(): void;
}

export interface WatchDeps {
  reads: HostReads;
  reader: HostReader;
  observation: Observation;
  cycleMs: () => number;
  log: Logger;
}

/** Watching one host over one open session: events as hints, a cycle's reading, and the slow lanes. */
export class HostWatch {
  readonly #session: HostSession;
  readonly #deps: WatchDeps;
  readonly #listener: WatchListener;
  readonly #cycle = new Lane(() => this.#readCycle());
  readonly #facts = new Lane(() => this.#readSlow('facts'));
  readonly #storage = new Lane(() => this.#readSlow('storage'));
  readonly #events: { close(): void };
  #hinted = new Set<VmId>();
  #isStopped = false;

  constructor(session: HostSession, deps: WatchDeps, listener: WatchListener) {
    this.#session = session;
    this.#deps = deps;
    this.#listener = listener;
    this.#events = followEvents(session, deps.reads.events, {
      onEvent: (event) => this.#take(event),
      onGap: () => void this.#cycle.request(0),
    });
    void this.#facts.request(0);
    void this.#storage.request(0);
  }

  /** Resolves when a reading that began after this call was stored, or failed. */
  async reread(what: Reread): Promise<void> {
    for (const id of what.definitions ?? []) this.#hinted.add(id);
    if (what.storage) void this.#storage.request(0);
    await this.#cycle.request(0);
  }

  stop(): void {
    this.#isStopped = true;
    this.#events.close();
    for (const lane of [this.#cycle, this.#facts, this.#storage]) lane.stop();
  }

  #take(event: DomainEvent): void {
    if (touchesDefinition(event))
      for (const id of this.#deps.observation.named(event.domainName)) this.#hinted.add(id);
    this.#listener.onHint();
    void this.#cycle.request(DEBOUNCE_MS);
  }

  async #readCycle(): Promise<void> {
    const hinted = this.#hinted;
    this.#hinted = new Set();
    try {
      await this.#deps.reader.readCycle(hinted);
      if (!this.#isStopped) this.#listener.onRead();
    } catch (error) {
      for (const id of hinted) this.#hinted.add(id);
      if (!this.#isStopped) this.#cycleFailed(error);
    }
    void this.#cycle.request(this.#deps.cycleMs());
  }

  #cycleFailed(error: unknown): void {
    if (error instanceof NoAnswerError) {
      this.#listener.onNoAnswer(error.message);
      // Commands hang although the connection lives: only a new one may tell whether the host is back.
      if (error.failure === 'timedOut') this.#session.close();
    } else if (error instanceof HostOutputError) {
      this.#listener.onNoAnswer(error.message);
    } else {
      this.#deps.log.error({ err: error }, 'a reading was not stored');
    }
  }

  async #readSlow(what: 'facts' | 'storage'): Promise<void> {
    const { reader, log } = this.#deps;
    let isRead = false;
    try {
      await (what === 'facts' ? reader.readFacts() : reader.readStorage());
      isRead = true;
    } catch (error) {
      if (this.#session.isOpen) log.warn({ err: error, what }, 'a slow reading failed');
    }
    if (what === 'facts') void this.#facts.request(isRead ? FACTS_EVERY_MS : SLOW_RETRY_MS);
    else void this.#storage.request(isRead ? STORAGE_EVERY_MS : SLOW_RETRY_MS);
  }
}
