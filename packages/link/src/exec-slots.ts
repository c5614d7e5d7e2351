import type { CommandSpec } from '@vireo/contracts';

/** sshd's MaxSessions is 10: eight for commands leaves two for streams. */
const SLOTS = 8;
/** Writes may take long (copying a disk): two slots always stay for reads, so that the host is never out of sight. */
const WRITE_SLOTS = 6;

type Effect = CommandSpec['effect'];
type Release = () => void;
interface Waiting {
  effect: Effect;
  answer: (release: Release | null) => void;
}

/** Whose turn it is on one connection: first come, first served, within the number of channels that sshd allows. */
export class ExecSlots {
  #running = { read: 0, write: 0 };
  #waiting: Waiting[] = [];
  #isClosed = false;

  /** Resolves with the function that gives the slot back, or null when `signal` fired or the slots were closed first. */
  take(effect: Effect, signal: AbortSignal | undefined): Promise<Release | null> {
    if (signal?.aborted || this.#isClosed) return Promise.resolve(null);
    return new Promise((resolve) => {
      const onAbort = () => {
        this.#waiting = this.#waiting.filter((w) => w !== entry);
        resolve(null);
      };
      const entry: Waiting = {
        effect,
        answer: (release) => {
          signal?.removeEventListener('abort', onAbort);
          resolve(release);
        },
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#waiting.push(entry);
      this.#startNext();
    });
  }

  /** The connection is gone: nobody gets a turn any more. */
  close(): void {
    this.#isClosed = true;
    for (const waiting of this.#waiting) waiting.answer(null);
    this.#waiting = [];
  }

  #release(effect: Effect): void {
    this.#running[effect] -= 1;
    this.#startNext();
  }

  #startNext(): void {
    for (;;) {
      const next = this.#waiting.find((w) => this.#hasRoomFor(w.effect));
      if (!next) return;
      this.#waiting = this.#waiting.filter((w) => w !== next);
      this.#running[next.effect] += 1;
      next.answer(() => this.#release(next.effect));
    }
  }

  #hasRoomFor(effect: Effect): boolean {
    const { read, write } = this.#running;
    return read + write < SLOTS && (effect === 'read' || write < WRITE_SLOTS);
  }
}
