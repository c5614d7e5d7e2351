/** Something that happens now and then, for whoever waits for the next time. */
export class Notice {
  #waiting = new Set<() => void>();

  /** Resolves at the next `give`, when the signal fires, or after `timeoutMs`. */
  next(signal: AbortSignal, timeoutMs?: number): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        this.#waiting.delete(end);
        resolve();
      };
      const timer = timeoutMs === undefined ? undefined : setTimeout(end, timeoutMs);
      signal.addEventListener('abort', end, { once: true });
      this.#waiting.add(end);
    });
  }

  give(): void {
    for (const end of [...this.#waiting]) end();
  }
}
