/**
 * A job that never runs twice at once. Requests that come while it waits or runs are put together into one run; each
 * request resolves when a run that began after it has ended.
 */
export class Lane {
  readonly #job: () => Promise<void>;
  #timer: NodeJS.Timeout | undefined;
  #dueAt = Number.POSITIVE_INFINITY;
  #isRunning = false;
  #isStopped = false;
  #waiting: (() => void)[] = [];

  /** `job` must not reject: what fails in it is its own business. */
  constructor(job: () => Promise<void>) {
    this.#job = job;
  }

  /** Runs within `delayMs` (sooner when another request asked for that). */
  request(delayMs = 0): Promise<void> {
    if (this.#isStopped) return Promise.resolve();
    const done = new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#dueAt = Math.min(this.#dueAt, Date.now() + delayMs);
    this.#arm();
    return done;
  }

  /** No more runs; a run under way is let go. Everybody who waits is let go as well. */
  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  #arm(): void {
    if (this.#isRunning || this.#isStopped || this.#waiting.length === 0) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#run(), Math.max(0, this.#dueAt - Date.now()));
  }

  async #run(): Promise<void> {
    const served = this.#waiting.splice(0);
    this.#dueAt = Number.POSITIVE_INFINITY;
    this.#isRunning = true;
    try {
      await this.#job();
    } finally {
      this.#isRunning = false;
      for (const resolve of served) resolve();
      this.#arm();
    }
  }
}
