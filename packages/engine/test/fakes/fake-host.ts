import type { CommandSpec, HostId } from '@vireo/contracts';
import type { ExecFailure, ExecOptions, ExecResult, HostSession } from '@vireo/link';
import type { HostAccess } from '../../src/hosts/host-access.ts';

/** What goes wrong with a command, once. `hasEffect`: whether it was carried out all the same. */
export interface Fault {
  exitCode?: number;
  failure?: ExecFailure;
  hasEffect: boolean;
  /** The connection breaks with it, and comes back a moment later. */
  cuts?: boolean;
}

/**
 * A host whose whole state is a set of words: `do X` adds X, `undo X` removes it, `is X` prints yes or no, `hang X` ends
 * only when it is aborted. `twice` lists the words that were added when they were there already.
 */
export class FakeHost implements HostAccess {
  readonly words = new Set<string>();
  readonly ran: string[] = [];
  readonly faults = new Map<string, Fault[]>();
  isAway = false;
  rereads = 0;
  /** Called with each command as it is carried out. */
  onCommand: (line: string) => void = () => undefined;
  #waiting: (() => void)[] = [];
  #session = this.#newSession();

  fail(line: string, ...faults: Fault[]): void {
    this.faults.set(line, faults);
  }

  cut(): void {
    this.isAway = true;
  }

  uncut(): void {
    this.isAway = false;
    this.#session = this.#newSession();
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  count(line: string): number {
    return this.ran.filter((one) => one === line).length;
  }

  nameOf = (_id: HostId) => 'host';
  connectionOf: HostAccess['connectionOf'] = () => ({
    connection: this.isAway ? 'unreachable' : 'connected',
    reason: this.isAway ? { key: 'errors.host.unreachable', params: {} } : null,
  });
  sessionOf = (_id: HostId) => (this.isAway ? null : this.#session);
  announceReread = () => undefined;
  reread = async () => {
    this.rereads += 1;
  };
  nextHint: HostAccess['nextHint'] = (_id, timeoutMs, signal) => this.#wait(signal, Math.min(timeoutMs, 5));
  whenConnected: HostAccess['whenConnected'] = (_id, signal) =>
    this.isAway ? this.#wait(signal) : Promise.resolve();

  #wait(signal: AbortSignal, timeoutMs?: number): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve());
      if (timeoutMs !== undefined) setTimeout(resolve, timeoutMs);
      else this.#waiting.push(resolve);
    });
  }

  #newSession(): HostSession {
    return {
      isOpen: true,
      traffic: { execs: 0, bytesIn: 0, bytesOut: 0 },
      exec: (command, options) => this.#exec(command, options),
      lines: () => ({ ended: new Promise(() => undefined), close: () => undefined }),
      tunnelTcp: () => Promise.reject(new Error('no tunnels here')),
      tunnelUnix: () => Promise.reject(new Error('no tunnels here')),
      closed: new Promise(() => undefined),
      close: () => undefined,
    };
  }

  async #exec(command: CommandSpec, options: ExecOptions = {}): Promise<ExecResult> {
    const line = command.argv.join(' ');
    const fault = this.faults.get(line)?.shift();
    let exitCode: number | null = fault?.exitCode ?? 0;
    let stdout = '';
    if (!fault || fault.hasEffect) stdout = this.#carryOut(line);
    let failure = fault?.failure ?? null;
    if (fault?.cuts) {
      this.cut();
      setTimeout(() => this.uncut(), 5);
    }
    if (line.startsWith('hang') && options.signal) {
      await this.#wait(options.signal);
      failure = 'cancelled';
    }
    await new Promise((resolve) => setImmediate(resolve));
    if (failure) exitCode = null;
    return {
      argv: command.argv,
      startedAt: new Date(),
      durationMs: 1,
      exitCode,
      stdout: failure ? '' : stdout,
      stderr: exitCode ? 'it broke' : '',
      failure,
    };
  }

  #carryOut(line: string): string {
    this.ran.push(line);
    const [verb, word = ''] = line.split(' ');
    if (verb === 'do') this.words.add(word);
    if (verb === 'undo') this.words.delete(word);
    this.onCommand(line);
    return verb === 'is' ? (this.words.has(word) ? 'yes' : 'no') : '';
  }
}
