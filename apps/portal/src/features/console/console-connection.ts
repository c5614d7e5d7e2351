import type { HostConnection, VmState } from '@vireo/contracts';

/** Why there is no live picture. All but the first three end by themselves when the cause ends. */
export type ClosedReason =
  | 'sessionEnded'
  | 'forbidden'
  | 'vmGone'
  | 'notRunning'
  | 'noScreen'
  | 'hostUnreachable'
  | 'connectionLost';

export type ConsolePhase =
  | { kind: 'connecting' }
  | { kind: 'connected' }
  /** Lost, and being tried again now. */
  | { kind: 'reconnecting'; reason: ClosedReason }
  /** Not tried until the VM or its host changes. */
  | { kind: 'waiting'; reason: ClosedReason }
  /** Over, until a person asks again. */
  | { kind: 'closed'; reason: ClosedReason };

/** What the live inventory says of the VM. */
export interface ConsoleFacts {
  state: VmState;
  hostConnection: HostConnection;
  hasGraphics: boolean;
}

export interface Screen {
  close(): void;
}

export interface ConsoleConnectionOptions {
  /** Fetches a single-use ticket. @throws what {@link reasonOfError} can read. */
  openTicket(): Promise<{ path: string }>;
  /** Shows the screen behind `path`; exactly one of the last calls is `onClosed`. */
  showScreen(
    path: string,
    events: { onConnected(): void; onClosed(reason: ClosedReason): void },
  ): Promise<Screen>;
  reasonOfError(error: unknown): ClosedReason;
  /** Like setTimeout; returns what calls it off. */
  after(ms: number, action: () => void): () => void;
  onPhase(phase: ConsolePhase): void;
}

const FINAL: readonly ClosedReason[] = ['sessionEnded', 'forbidden', 'vmGone'];
const BACKOFF_MS = [150, 300, 600, 1000, 1500, 2000] as const;
const SILENT_MS = 15_000;
const WITHOUT_PROCESS: readonly VmState[] = ['shutOff', 'crashed'];

function whyNotNow({ state, hostConnection, hasGraphics }: ConsoleFacts): ClosedReason | null {
  if (hostConnection !== 'connected') return 'hostUnreachable';
  if (WITHOUT_PROCESS.includes(state)) return 'notRunning';
  return hasGraphics ? null : 'noScreen';
}

/**
 * Keeps one VM's screen on the page: opens it when the VM has one, and after a reboot or power cycle opens it
 * anew with a fresh ticket, at the latest 2 s after that is possible.
 */
export class ConsoleConnection {
  private screen: Screen | null = null;
  private phase: ConsolePhase = { kind: 'connecting' };
  private attemptNumber = 0;
  private failures = 0;
  private cancelTimer: (() => void) | null = null;
  private isStopped = false;

  private readonly options: ConsoleConnectionOptions;
  private facts: ConsoleFacts;

  constructor(options: ConsoleConnectionOptions, facts: ConsoleFacts) {
    this.options = options;
    this.facts = facts;
  }

  start(): void {
    this.attempt(this.phase);
  }

  /** Tells what the inventory says now. Opens the screen when that became possible. */
  update(facts: ConsoleFacts): void {
    const wasImpossible = whyNotNow(this.facts) !== null;
    this.facts = facts;
    const reason = whyNotNow(facts);
    if (this.isStopped || this.phase.kind === 'connected' || this.phase.kind === 'closed') return;
    if (reason) {
      this.dropAttempt();
      this.turnTo({ kind: 'waiting', reason });
    } else if (wasImpossible || this.phase.kind === 'waiting') {
      this.failures = 0;
      this.attempt({ kind: 'reconnecting', reason: 'connectionLost' });
    }
  }

  /** Tries again at once, also after an end that is final. */
  retryNow(): void {
    this.failures = 0;
    this.attempt({ kind: 'connecting' });
  }

  stop(): void {
    this.isStopped = true;
    this.dropAttempt();
  }

  private turnTo(phase: ConsolePhase): void {
    this.phase = phase;
    this.options.onPhase(phase);
  }

  private dropAttempt(): void {
    this.attemptNumber += 1;
    this.cancelTimer?.();
    this.cancelTimer = null;
    this.screen?.close();
    this.screen = null;
  }

  private attempt(phase: ConsolePhase): void {
    if (this.isStopped) return;
    this.dropAttempt();
    const reason = whyNotNow(this.facts);
    if (reason) {
      this.turnTo({ kind: 'waiting', reason });
      return;
    }
    const number = this.attemptNumber;
    this.turnTo(phase);
    this.cancelTimer = this.options.after(SILENT_MS, () => this.ended(number, 'connectionLost'));
    this.open(number).catch((error: unknown) => this.ended(number, this.options.reasonOfError(error)));
  }

  private async open(number: number): Promise<void> {
    const { path } = await this.options.openTicket();
    if (number !== this.attemptNumber) return;
    const screen = await this.options.showScreen(path, {
      onConnected: () => this.connected(number),
      onClosed: (reason) => this.ended(number, reason),
    });
    if (number === this.attemptNumber) this.screen = screen;
    else screen.close();
  }

  private connected(number: number): void {
    if (number !== this.attemptNumber) return;
    this.cancelTimer?.();
    this.cancelTimer = null;
    this.failures = 0;
    this.turnTo({ kind: 'connected' });
  }

  private ended(number: number, reason: ClosedReason): void {
    if (number !== this.attemptNumber) return;
    this.dropAttempt();
    if (FINAL.includes(reason)) {
      this.turnTo({ kind: 'closed', reason });
      return;
    }
    const notNow = whyNotNow(this.facts);
    if (notNow) {
      this.turnTo({ kind: 'waiting', reason: notNow });
      return;
    }
    this.turnTo({ kind: 'reconnecting', reason });
    const delay = BACKOFF_MS[Math.min(this.failures, BACKOFF_MS.length - 1)] ?? 2000;
    this.failures += 1;
    this.cancelTimer = this.options.after(delay, () => this.attempt({ kind: 'reconnecting', reason }));
  }
}

/** Meaning of the gateway's WebSocket close codes. */
export function reasonOfCloseCode(code: number): ClosedReason {
  if (code === 4401) return 'sessionEnded';
  if (code === 4404) return 'noScreen';
  return code === 4409 ? 'hostUnreachable' : 'connectionLost';
}

/** Meaning of the errors that `vm.openConsole` answers with. */
export function reasonOfErrorCode(code: string | null): ClosedReason {
  if (code === 'auth.required') return 'sessionEnded';
  if (code === 'auth.forbidden' || code === 'auth.passwordChangeRequired') return 'forbidden';
  if (code === 'notFound') return 'vmGone';
  if (code === 'vm.stateNotAllowed' || code === 'vm.consoleUnavailable') return 'noScreen';
  if (code?.startsWith('host.')) return 'hostUnreachable';
  return 'connectionLost';
}
