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
/** The same while a task is about to ask for a reading itself: theirs would only be in its way. */
const ANNOUNCED_DEBOUNCE_MS = 250;
/** A command that takes longer gets no more consideration: others look at the page too. */
const ANNOUNCEMENT_HOLDS_MS = 2000;
const FACTS_EVERY_MS = 10 * 60_000;
const STORAGE_EVERY_MS = 60_000;
const ADDRESSES_EVERY_MS = 30_000;
/** So long after its start a guest has its addresses, as a rule. */
const ADDRESSES_AFTER_START_MS = 10_000;
/** Where one VM after the other is started. */
const ADDRESSES_PAUSE_MS = 5000;
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
  readonly #addresses = new Lane(() => this.#readSlow('addresses'));
  readonly #events: { close(): void };
  #hinted = new Set<VmId>();
  #isStopped = false;
  #areVmsKnown = false;
  #startSeenAt = Number.NEGATIVE_INFINITY;
  #announcedAt = Number.NEGATIVE_INFINITY;

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

  announceReread(): void {
    this.#announcedAt = Date.now();
  }

  /** Resolves when a reading that began after this call was stored, or failed. */
  async reread(what: Reread): Promise<void> {
    for (const id of what.definitions ?? []) this.#hinted.add(id);
    if (what.storage) void this.#storage.request(0);
    this.#announcedAt = Number.NEGATIVE_INFINITY;
    await this.#cycle.request(0);
  }

  stop(): void {
    this.#isStopped = true;
    this.#events.close();
    for (const lane of [this.#cycle, this.#facts, this.#storage, this.#addresses]) lane.stop();
  }

  #take(event: DomainEvent): void {
    if (touchesDefinition(event))
      for (const id of this.#deps.observation.named(event.domainName)) this.#hinted.add(id);
    this.#listener.onHint();
    const isAnnounced = Date.now() - this.#announcedAt < ANNOUNCEMENT_HOLDS_MS;
    void this.#cycle.request(isAnnounced ? ANNOUNCED_DEBOUNCE_MS : DEBOUNCE_MS);
  }

  async #readCycle(): Promise<void> {
    const hinted = this.#hinted;
    this.#hinted = new Set();
    try {
      const { hasStarted } = await this.#deps.reader.readCycle(hinted);
      if (!this.#isStopped) this.#listener.onRead();
      this.#planAddresses(hasStarted);
    } catch (error) {
      for (const id of hinted) this.#hinted.add(id);
      if (!this.#isStopped) this.#cycleFailed(error);
    }
    void this.#cycle.request(this.#deps.cycleMs());
  }

  /** Only asks for a reading of its own lane: guests may take their time, the cycle doesn't wait for them. */
  #planAddresses(hasStarted: boolean): void {
    if (hasStarted) {
      this.#startSeenAt = Date.now();
      void this.#addresses.request(ADDRESSES_AFTER_START_MS);
    } else if (!this.#areVmsKnown) {
      void this.#addresses.request(0);
    }
    this.#areVmsKnown = true;
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

  async #readSlow(what: 'facts' | 'storage' | 'addresses'): Promise<void> {
    const { reader, log } = this.#deps;
    const beganAt = Date.now();
    let isRead = false;
    try {
      if (what === 'facts') await reader.readFacts();
      else if (what === 'storage') await reader.readStorage();
      else await reader.readAddresses();
      isRead = true;
    } catch (error) {
      if (this.#session.isOpen) log.warn({ err: error, what }, 'a slow reading failed');
    }
    if (what === 'facts') void this.#facts.request(isRead ? FACTS_EVERY_MS : SLOW_RETRY_MS);
    else if (what === 'storage') void this.#storage.request(isRead ? STORAGE_EVERY_MS : SLOW_RETRY_MS);
    else void this.#addresses.request(this.#addressesDueIn(beganAt));
  }

  /** A guest that was just started when this reading began may not have had its addresses yet. */
  #addressesDueIn(beganAt: number): number {
    const ripeAt = this.#startSeenAt + ADDRESSES_AFTER_START_MS;
    return beganAt < ripeAt ? Math.max(ripeAt - Date.now(), ADDRESSES_PAUSE_MS) : ADDRESSES_EVERY_MS;
  }
}
