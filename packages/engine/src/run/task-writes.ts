/**
 * A task's writes to the store, in order. Those that nothing depends on yet (transcript, a step's end) go on in the
 * background while the next command runs; `now` is for what must be known before a command is sent.
 */
export class TaskWrites {
  #last: Promise<void> = Promise.resolve();
  #pending = 0;
  #error: { reason: unknown } | null = null;

  /** Whether writes wait their turn: what can be left out (progress) is left out then. */
  get isBehind(): boolean {
    return this.#pending > 0;
  }

  /** In order, without waiting. A failure shows at the next `now` or `flush`; nothing after it is written. */
  later(write: () => Promise<void>): void {
    this.#pending += 1;
    this.#last = this.#last
      .then(() => (this.#error ? undefined : write()))
      .catch((reason: unknown) => {
        this.#error ??= { reason };
      })
      .finally(() => {
        this.#pending -= 1;
      });
  }

  /** In order, and on disk when it resolves. @throws what this write or one before it failed with. */
  async now(write: () => Promise<void>): Promise<void> {
    this.later(write);
    await this.flush();
  }

  async flush(): Promise<void> {
    await this.#last;
    if (this.#error) throw this.#error.reason;
  }
}
