import type { HostId, MessageRef, Plan } from '@vireo/contracts';
import { VireoError } from '@vireo/contracts';
import type { HostSession, OpenSession } from '@vireo/link';
import type { Store } from '@vireo/store';
import { endpointOf } from '../hosts/credentials.ts';
import type { HostAccess } from '../hosts/host-access.ts';
import { CancelledError, type TaskHold } from './task-hold.ts';

const TARGET_TRIES = 5;
const CONNECT_TIMEOUT_MS = 8000;

export interface TaskHostsDeps {
  hosts: HostAccess;
  secrets: Store['secrets'];
  openSession: OpenSession;
  giveUpMs: number;
}

/** Told when the task begins and ends to wait for a host. */
export interface WaitListener {
  onWait(reason: MessageRef): Promise<void>;
  onGoOn(): Promise<void>;
}

/**
 * The sessions that one task works with. Hosts of the inventory are reached over their watcher's connection, and
 * waited for while they are away. Hosts that only the Plan knows (`targets`) are dialled by the task itself, and
 * their failures are answers, not something to wait out.
 */
export class TaskHosts {
  readonly #deps: TaskHostsDeps;
  readonly #targets: Plan['targets'];
  readonly #hold: TaskHold;
  readonly #listener: WaitListener;
  readonly #own = new Map<HostId, Promise<HostSession>>();
  /** Undoing goes on although (or because) the task was cancelled. */
  isUnwinding = false;

  constructor(deps: TaskHostsDeps, targets: Plan['targets'], hold: TaskHold, listener: WaitListener) {
    this.#deps = deps;
    this.#targets = targets;
    this.#hold = hold;
    this.#listener = listener;
  }

  nameOf(hostId: HostId): string {
    return this.#deps.hosts.nameOf(hostId) ?? this.#targets[hostId]?.address ?? hostId;
  }

  isTarget(hostId: HostId): boolean {
    return this.#targets[hostId] !== undefined;
  }

  /**
   * The open session to a host, waiting for it if need be.
   * @throws VireoError why it can't be had; CancelledError when a cancel ended the wait; AbandonedError.
   */
  async session(hostId: HostId): Promise<HostSession> {
    const session = this.isTarget(hostId) ? await this.#target(hostId) : await this.#watched(hostId);
    this.#hold.assert();
    return session;
  }

  /** Dials a target (anew), or a host of the inventory by its pinned key. @throws VireoError */
  async connect(hostId: HostId): Promise<void> {
    if (!this.isTarget(hostId)) {
      await this.session(hostId);
      return;
    }
    await this.#closeTarget(hostId);
    await this.#target(hostId);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#own.keys()].map((hostId) => this.#closeTarget(hostId)));
  }

  async #watched(hostId: HostId): Promise<HostSession> {
    const { hosts, giveUpMs } = this.#deps;
    const first = hosts.sessionOf(hostId);
    if (first?.isOpen) return first;
    const gaveUp = AbortSignal.timeout(giveUpMs);
    const signals = [this.#hold.lost, gaveUp];
    if (!this.isUnwinding) signals.push(this.#hold.cancel);
    // Undoing without a cancel waits as long as it takes: nothing else can clean up after the task.
    const endless = this.isUnwinding && !this.#hold.cancel.aborted;
    const signal = AbortSignal.any(endless ? [this.#hold.lost, this.#hold.cancel] : signals);
    await this.#listener.onWait(this.#whyNot(hostId));
    for (;;) {
      await hosts.whenConnected(hostId, signal);
      this.#hold.assert();
      const session = hosts.sessionOf(hostId);
      if (session?.isOpen) {
        await this.#listener.onGoOn();
        return session;
      }
      if (!signal.aborted) continue;
      if (endless) return await this.#watched(hostId);
      if (!gaveUp.aborted) throw new CancelledError();
      const reason = this.#whyNot(hostId);
      throw new VireoError(codeOf(reason), { ...reason.params });
    }
  }

  #whyNot(hostId: HostId): MessageRef {
    const found = this.#deps.hosts.connectionOf(hostId);
    const name = this.nameOf(hostId);
    return found?.reason ?? { key: 'errors.host.notConnected', params: { name, host: name } };
  }

  async #target(hostId: HostId): Promise<HostSession> {
    const known = this.#own.get(hostId);
    if (known) {
      const session = await known;
      if (session.isOpen) return session;
      this.#own.delete(hostId);
    }
    const opening = this.#dial(hostId, known ? TARGET_TRIES : 1);
    this.#own.set(hostId, opening);
    try {
      return await opening;
    } catch (error) {
      this.#own.delete(hostId);
      throw error;
    }
  }

  async #dial(hostId: HostId, tries: number): Promise<HostSession> {
    const target = this.#targets[hostId];
    if (!target) throw new VireoError('notFound');
    for (let attempt = 1; ; attempt += 1) {
      try {
        const endpoint = await endpointOf(target, this.#deps.secrets);
        return await this.#deps.openSession(endpoint, {
          connectTimeoutMs: CONNECT_TIMEOUT_MS,
          signal: this.#hold.lost,
        });
      } catch (error) {
        const isOnlyAway = error instanceof VireoError && error.code === 'host.unreachable';
        if (!isOnlyAway || attempt >= tries || this.#hold.lost.aborted) throw error;
      }
    }
  }

  async #closeTarget(hostId: HostId): Promise<void> {
    const opening = this.#own.get(hostId);
    this.#own.delete(hostId);
    const session = await opening?.catch(() => null);
    session?.close();
  }
}

function codeOf(reason: MessageRef): 'host.unreachable' | 'host.keyChanged' | 'host.authRefused' {
  if (reason.key === 'errors.host.keyChanged') return 'host.keyChanged';
  return reason.key === 'errors.host.authRefused' ? 'host.authRefused' : 'host.unreachable';
}
