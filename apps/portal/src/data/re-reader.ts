import type { QueryClient, QueryKey } from '@tanstack/react-query';

/** A list is read anew at most this often, however many changes arrive. */
const QUIET_MS = 100;

/**
 * Re-reads what changed and is on screen: marks arrive in any number, are joined per animation frame, and a query
 * that is being read already is not cut off but read once more when it ends (a stream of changes can't starve it).
 */
export class ReReader {
  readonly #client: QueryClient;
  readonly #marked = new Map<string, QueryKey>();
  readonly #lastRead = new Map<string, number>();
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(client: QueryClient) {
    this.#client = client;
  }

  mark(queryKey: QueryKey): void {
    this.#marked.set(JSON.stringify(queryKey), queryKey);
    this.#wake(16);
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#marked.clear();
  }

  #wake(delayMs: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#flush();
    }, delayMs);
  }

  #flush(): void {
    const now = performance.now();
    for (const [id, queryKey] of this.#marked) {
      const last = this.#lastRead.get(id) ?? Number.NEGATIVE_INFINITY;
      if (now - last < QUIET_MS || this.#client.isFetching({ queryKey }) > 0) continue;
      this.#marked.delete(id);
      this.#lastRead.set(id, now);
      void this.#client.invalidateQueries({ queryKey });
    }
    if (this.#marked.size > 0) this.#wake(50);
  }
}
