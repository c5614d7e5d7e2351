import { type CycleReading, type DomainDefinition, HostOutputError } from '@vireo/commands';
import type { HostId, VmId } from '@vireo/contracts';
import type { HostSession } from '@vireo/link';
import type { Store } from '@vireo/store';
import type { Logger } from 'pino';
import { ask, type HostReads } from './host-reads.ts';
import type { Observation } from './observation.ts';

/** Arguments of one command: many definitions are asked for in parts. */
const DEFINITIONS_AT_ONCE = 100;
const CONTACT_EVERY_MS = 4000;

export interface ReaderDeps {
  store: Pick<Store, 'observe'>;
  reads: HostReads;
  log: Logger;
}

/** Reads a host over one session and stores what it says; never anything that it did not say. */
export class HostReader {
  readonly #deps: ReaderDeps;
  readonly #hostId: HostId;
  readonly #session: HostSession;
  readonly #observation: Observation;
  #contactAt = 0;

  constructor(deps: ReaderDeps, hostId: HostId, session: HostSession, observation: Observation) {
    this.#deps = deps;
    this.#hostId = hostId;
    this.#session = session;
    this.#observation = observation;
  }

  /**
   * The states of all VMs and the definitions that are needed.
   * @returns whether a VM was seen to start
   * @throws NoAnswerError, HostOutputError, and what the store throws
   */
  async readCycle(hinted: ReadonlySet<VmId>): Promise<{ hasStarted: boolean }> {
    const { store, reads } = this.#deps;
    const readAt = new Date();
    const reading = await ask(this.#session, reads.cycle());
    const at = Date.now();
    const definitions = await this.#definitions(reading, hinted);
    const { vms, usage, hasStarted } = this.#observation.take(reading, definitions, at);
    await store.observe.vms(this.#hostId, vms, { isComplete: true, readAt });
    if (usage) await store.observe.usage(this.#hostId, usage);
    if (at - this.#contactAt >= CONTACT_EVERY_MS) {
      this.#contactAt = at;
      await store.observe.contact(this.#hostId, new Date(at));
    }
    return { hasStarted };
  }

  /**
   * What guest agents say of their addresses. That takes as long as guests take: what was learned of a VM meanwhile wins
   * over it. @throws as readCycle
   */
  async readAddresses(): Promise<void> {
    const ids = this.#observation.withAgent();
    if (ids.length === 0) return;
    const readAt = new Date();
    const answers = await ask(this.#session, this.#deps.reads.addresses(ids));
    const vms = this.#observation.addressed(answers);
    if (vms.length > 0) await this.#deps.store.observe.vms(this.#hostId, vms, { isComplete: false, readAt });
  }

  async readFacts(): Promise<void> {
    const facts = await ask(this.#session, this.#deps.reads.facts());
    await this.#deps.store.observe.facts(this.#hostId, facts);
  }

  async readStorage(): Promise<void> {
    const { datastores, images } = await ask(this.#session, this.#deps.reads.storage());
    await this.#deps.store.observe.storage(this.#hostId, datastores, images);
  }

  async #definitions(reading: CycleReading, hinted: ReadonlySet<VmId>): Promise<DomainDefinition[]> {
    const present = new Set(reading.vms.map((vm) => vm.id));
    const wanted = [...new Set([...this.#observation.wanting(reading), ...hinted])].filter((id) =>
      present.has(id),
    );
    const found: DomainDefinition[] = [];
    for (let from = 0; from < wanted.length; from += DEFINITIONS_AT_ONCE)
      found.push(...(await this.#readDefinitions(wanted.slice(from, from + DEFINITIONS_AT_ONCE))));
    return found;
  }

  /** One definition that makes no sense must not hide all the others. */
  async #readDefinitions(ids: readonly VmId[]): Promise<DomainDefinition[]> {
    try {
      return await ask(this.#session, this.#deps.reads.definitions(ids));
    } catch (error) {
      if (!(error instanceof HostOutputError)) throw error;
      const [only] = ids;
      if (ids.length === 1) {
        this.#deps.log.warn({ err: error, hostId: this.#hostId, vmId: only }, 'a definition cannot be read');
        return [];
      }
      const half = Math.ceil(ids.length / 2);
      return [
        ...(await this.#readDefinitions(ids.slice(0, half))),
        ...(await this.#readDefinitions(ids.slice(half))),
      ];
    }
  }
}
