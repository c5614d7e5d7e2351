/** flock(1) on a simulated host: who comes first holds the file, the others wait in line. */
export class FileLocks {
  #lines = new Map<string, (() => void)[]>();

  /** @returns the function that lets go, or null when it didn't get the lock within `waitMs` or was called off. */
  take(path: string, waitMs: number, signal: AbortSignal): Promise<(() => void) | null> {
    const line = this.#lines.get(path);
    if (!line) {
      this.#lines.set(path, []);
      return Promise.resolve(() => this.#release(path));
    }
    return new Promise((resolve) => {
      const settle = (outcome: (() => void) | null) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', giveUp);
        const at = line.indexOf(turn);
        if (at >= 0) line.splice(at, 1);
        resolve(outcome);
      };
      const turn = () => settle(() => this.#release(path));
      const giveUp = () => settle(null);
      const timer = setTimeout(giveUp, Math.min(waitMs, 2 ** 31 - 1));
      signal.addEventListener('abort', giveUp, { once: true });
      line.push(turn);
    });
  }

  #release(path: string): void {
    const next = this.#lines.get(path)?.[0];
    if (next) next();
    else this.#lines.delete(path);
  }
}
