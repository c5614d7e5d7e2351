import type { ClaimedTask } from '@vireo/store';
import { StaleEpochError, type Store } from '@vireo/store';

/** The task is no longer ours (another worker took over, or this process ends): stop, and touch nothing. */
export class AbandonedError extends Error {
  override name = 'AbandonedError';
}

/** A person asked to cancel. */
export class CancelledError extends Error {
  override name = 'CancelledError';
}

/**
 * This worker's hold on one task: renews the lease, learns of cancel requests, and says when the hold is lost. The hold
 * also counts as lost when renewing failed for as long as the lease lasts, e.g. while the database is away: by then
 * another worker may have taken over.
 */
export class TaskHold {
  readonly #tasks: Store['tasks'];
  readonly #task: ClaimedTask;
  readonly #leaseMs: number;
  readonly #lost = new AbortController();
  readonly #cancel = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #endsAt: number;
  #renewing: Promise<void> | null = null;

  constructor(tasks: Store['tasks'], task: ClaimedTask, leaseMs: number) {
    this.#tasks = tasks;
    this.#task = task;
    this.#leaseMs = leaseMs;
    this.#endsAt = Date.now() + leaseMs;
    if (task.isCancelRequested) this.#cancel.abort();
    this.#timer = setInterval(() => void this.renewNow(), Math.round(leaseMs * 0.3));
  }

  /** Fires when the hold is lost. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** Fires when a person asks to cancel. */
  get cancel(): AbortSignal {
    return this.#cancel.signal;
  }

  /** To be called before anything is sent to a host or after anything was waited for. @throws AbandonedError */
  assert(): void {
    if (Date.now() >= this.#endsAt) this.abandon();
    if (this.lost.aborted) throw new AbandonedError();
  }

  /** Renews out of turn, to learn of a cancel request at once. */
  renewNow(): Promise<void> {
    this.#renewing ??= this.#renew().finally(() => {
      this.#renewing = null;
    });
    return this.#renewing;
  }

  abandon(): void {
    clearInterval(this.#timer);
    this.#lost.abort();
  }

  /** The task has ended: no more renewals. */
  release(): void {
    clearInterval(this.#timer);
  }

  async #renew(): Promise<void> {
    const asked = Date.now();
    try {
      const { isCancelRequested } = await this.#tasks.renew(
        this.#task.taskId,
        this.#task.epoch,
        this.#leaseMs,
      );
      this.#endsAt = asked + this.#leaseMs;
      if (isCancelRequested) this.#cancel.abort();
    } catch (error) {
      // Anything but a takeover (the database is away, say) may be over before the lease is.
      if (error instanceof StaleEpochError || Date.now() >= this.#endsAt) this.abandon();
    }
  }
}
