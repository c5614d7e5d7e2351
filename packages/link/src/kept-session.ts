import { VireoError } from '@vireo/contracts';
import { openSession } from './session.ts';
import type { HostSession, KeepOptions, KeepSession, KeptSession, LinkReport } from './types.ts';

const RETRY = { firstMs: 500, mostMs: 15_000, slowMs: 60_000 };

/** Keeps one connection to one host. See {@link KeptSession}. */
export const keepSession: KeepSession = (options) => {
  const keeper = new Keeper(options);
  keeper.dialNow();
  return keeper;
};

class Keeper implements KeptSession {
  readonly #options: KeepOptions;
  #report: LinkReport = { state: 'connecting', problem: null, since: new Date() };
  #session: HostSession | null = null;
  #address = '';
  #failures = 0;
  /** Grows with each new dialling: what an older one brings is thrown away. */
  #round = 0;
  #dialling: AbortController | null = null;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: KeepOptions) {
    this.#options = options;
  }

  get report(): LinkReport {
    return this.#report;
  }

  session(): HostSession {
    if (this.#session?.isOpen) return this.#session;
    throw this.#problem();
  }

  endpointChanged(): void {
    this.#dialling?.abort();
    this.#session?.close();
    this.#failures = 0;
    this.dialNow();
  }

  close(): void {
    this.#isClosed = true;
    this.#round += 1;
    clearTimeout(this.#timer);
    this.#dialling?.abort();
    this.#session?.close();
    this.#session = null;
  }

  dialNow(): void {
    if (this.#isClosed) return;
    clearTimeout(this.#timer);
    this.#session = null;
    this.#round += 1;
    const dialling = new AbortController();
    this.#dialling = dialling;
    // A host that was seen before stays "unreachable" until it answers; only a new start is "connecting".
    if (this.#failures === 0) this.#tell('connecting', null);
    void this.#dial(this.#round, dialling.signal);
  }

  async #dial(round: number, signal: AbortSignal): Promise<void> {
    const outcome = await this.#attempt(signal);
    if (round !== this.#round) {
      if ('session' in outcome) outcome.session.close();
      return;
    }
    this.#dialling = null;
    if ('session' in outcome) this.#opened(outcome.session, round);
    else this.#failed(outcome.problem);
  }

  async #attempt(signal: AbortSignal): Promise<{ session: HostSession } | { problem: VireoError }> {
    const { open = openSession, connectTimeoutMs } = this.#options;
    try {
      const endpoint = await this.#options.endpoint();
      this.#address = endpoint.address;
      return { session: await open(endpoint, { signal, ...(connectTimeoutMs ? { connectTimeoutMs } : {}) }) };
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      const problem = error instanceof VireoError ? error : this.#unreachable(detail, error);
      return { problem };
    }
  }

  #opened(session: HostSession, round: number): void {
    this.#session = session;
    this.#failures = 0;
    this.#tell('connected', null);
    void session.closed.then(() => {
      if (round !== this.#round) return;
      this.#session = null;
      this.#failed(this.#unreachable('the connection was lost'));
    });
  }

  #failed(problem: VireoError): void {
    this.#failures += 1;
    this.#tell(stateOf(problem), problem);
    const { firstMs, mostMs, slowMs } = this.#options.retry ?? RETRY;
    const longest = needsPerson(this.#report)
      ? slowMs
      : Math.min(mostMs, firstMs * 2 ** (this.#failures - 1));
    // Full spread over the upper half: a thousand hosts behind one switch don't all dial in the same instant.
    this.#timer = setTimeout(() => this.dialNow(), longest * (0.5 + Math.random() / 2));
  }

  #unreachable(detail: string, cause?: unknown): VireoError {
    return new VireoError(
      'host.unreachable',
      { name: this.#address, address: this.#address, detail },
      { cause },
    );
  }

  #problem(): VireoError {
    return this.#report.problem ?? new VireoError('host.notConnected', { name: this.#address });
  }

  #tell(state: LinkReport['state'], problem: VireoError | null): void {
    const before = this.#report;
    const isSame = before.state === state && before.problem?.message === problem?.message;
    if (isSame && state !== 'connecting') return;
    this.#report = { state, problem, since: before.state === state ? before.since : new Date() };
    const report = this.#report;
    queueMicrotask(() => {
      if (!this.#isClosed) this.#options.onReport(report);
    });
  }
}

function stateOf(problem: VireoError): LinkReport['state'] {
  if (problem.code === 'host.keyChanged') return 'keyChanged';
  return problem.code === 'host.authRefused' ? 'authRefused' : 'unreachable';
}

/** Trying again soon can't help (and would look like an attack to the host). */
function needsPerson(report: LinkReport): boolean {
  return report.state === 'keyChanged' || report.state === 'authRefused';
}
