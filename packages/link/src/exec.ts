import { constants } from 'node:os';
import type { CommandSpec } from '@vireo/contracts';
import type { Client, ClientChannel } from 'ssh2';
import { HostText } from './host-text.ts';
import type { ExecFailure, ExecResult } from './types.ts';

/** Standard output and error together; what a host may make us hold in memory for one command. */
const OUTPUT_LIMIT_BYTES = 32 * 1024 * 1024;
/** The host ends what takes too long, with one second between TERM and KILL; if we still hear nothing, we hang up. */
const TIMEOUT_GRACE_MS = 2000;
/** Exit status of timeout(1): 124 after TERM, 137 after KILL. */
const TIMEOUT_EXIT_CODES: readonly number[] = [124, 137];
/** After we hang up, how long the host may take to agree before its channel counts as gone. */
const CLOSE_GRACE_MS = 3000;

export interface Sending {
  client: Client;
  command: CommandSpec;
  /** The quoted line for the remote shell. */
  line: string;
  /** It may wait for its lock that long before its own time begins. */
  lockWaitMs: number;
  signal: AbortSignal | undefined;
  onStdout: ((chunk: string) => void) | undefined;
  /** Called once the channel is gone on both sides: another may be opened. */
  onChannelGone: () => void;
}

/** Runs one command on a connection. Never rejects. */
export function send(sending: Sending): Promise<ExecResult> {
  return new Promise((resolve) => new Run(sending, resolve).start());
}

/** One output stream of a command, whole. */
class Captured {
  readonly #decoder = new HostText();
  text = '';

  add(chunk: Buffer): string {
    return this.#keep(this.#decoder.add(chunk));
  }

  finish(): string {
    return this.#keep(this.#decoder.finish());
  }

  #keep(part: string): string {
    this.text += part;
    return part;
  }
}

class Run {
  readonly #sending: Sending;
  readonly #resolve: (result: ExecResult) => void;
  readonly #startedAt = new Date();
  readonly #startedMs = performance.now();
  readonly #out = new Captured();
  readonly #err = new Captured();
  #bytes = 0;
  #note = '';
  #exitCode: number | null = null;
  #isDone = false;
  #isChannelGone = false;
  #channel: ClientChannel | null = null;

  constructor(sending: Sending, resolve: (result: ExecResult) => void) {
    this.#sending = sending;
    this.#resolve = resolve;
  }

  start(): void {
    const { client, command, line, lockWaitMs, signal } = this.#sending;
    const longestMs = lockWaitMs + command.timeoutMs + TIMEOUT_GRACE_MS;
    const timer = setTimeout(() => this.#stop('timedOut'), longestMs);
    const onAbort = () => this.#stop('cancelled');
    signal?.addEventListener('abort', onAbort, { once: true });
    this.#onDone = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
    try {
      client.exec(line, (error, channel) => {
        if (error) this.#notOpened(error);
        else this.#opened(channel);
      });
    } catch (error) {
      // ssh2 throws only when there is no connection to write to.
      this.#note = error instanceof Error ? error.message : String(error);
      this.#finish('notSent');
      this.#channelGone();
    }
  }

  #onDone: () => void = () => undefined;

  #notOpened(error: Error & { reason?: unknown }): void {
    this.#note = error.message;
    // A refusal (too many sessions, exec not allowed) is the host's word that nothing ran; anything else is silence.
    const isRefusal = error.reason !== undefined || error.message.startsWith('Unable to exec');
    this.#finish(isRefusal ? 'notSent' : 'connectionLost');
    this.#channelGone();
  }

  #opened(channel: ClientChannel): void {
    this.#channel = channel;
    channel.on('error', (error: Error) => {
      this.#note = error.message;
    });
    channel.on('close', () => {
      this.#channelGone();
      this.#finish(this.#failureAtEnd());
    });
    channel.on('exit', (code: number | null, signalName?: string) => {
      this.#exitCode = code ?? exitCodeOfSignal(signalName);
    });
    channel.on('data', (chunk: Buffer) => this.#receive(this.#out, chunk, this.#sending.onStdout));
    channel.stderr.on('data', (chunk: Buffer) => this.#receive(this.#err, chunk, undefined));
    if (this.#isDone) this.#hangUp();
    else channel.end(this.#sending.command.stdin);
  }

  #failureAtEnd(): ExecFailure | null {
    // sshd always tells how a command ended; without that it is the connection that ended.
    if (this.#exitCode === null) return 'connectionLost';
    const isLate = performance.now() - this.#startedMs >= this.#sending.command.timeoutMs;
    return isLate && TIMEOUT_EXIT_CODES.includes(this.#exitCode) ? 'timedOut' : null;
  }

  #receive(captured: Captured, chunk: Buffer, listener: ((chunk: string) => void) | undefined): void {
    if (this.#isDone) return;
    this.#bytes += chunk.length;
    if (this.#bytes > OUTPUT_LIMIT_BYTES) {
      this.#note = `stopped: more than ${OUTPUT_LIMIT_BYTES / 1024 / 1024} MiB of output`;
      this.#stop('cancelled');
      return;
    }
    const part = captured.add(chunk);
    if (part !== '') listener?.(part);
  }

  #stop(failure: ExecFailure): void {
    if (this.#isDone) return;
    this.#finish(failure);
    if (this.#channel) this.#hangUp();
    // Without a channel yet: #opened hangs up when it comes, #notOpened frees the slot.
  }

  #hangUp(): void {
    // Closing alone leaves a silent program running until its time is over. sshd passes the signal on, but not as root.
    this.#channel?.signal('TERM');
    this.#channel?.close();
    setTimeout(() => this.#channelGone(), CLOSE_GRACE_MS).unref();
  }

  #channelGone(): void {
    if (this.#isChannelGone) return;
    this.#isChannelGone = true;
    this.#sending.onChannelGone();
  }

  #finish(failure: ExecFailure | null): void {
    if (this.#isDone) return;
    this.#isDone = true;
    this.#onDone();
    const rest = this.#out.finish();
    if (rest !== '') this.#sending.onStdout?.(rest);
    this.#err.finish();
    this.#resolve({
      argv: this.#sending.command.argv,
      startedAt: this.#startedAt,
      durationMs: performance.now() - this.#startedMs,
      exitCode: failure === null ? this.#exitCode : null,
      stdout: this.#out.text,
      stderr: withNote(this.#err.text, this.#note),
      failure,
    });
  }
}

/** A program ended by a signal reads as in a shell: 128 + its number. */
function exitCodeOfSignal(name: string | undefined): number {
  const numbers: Readonly<Record<string, number>> = constants.signals;
  return 128 + (numbers[name ?? ''] ?? 0);
}

function withNote(stderr: string, note: string): string {
  if (note === '') return stderr;
  return stderr === '' || stderr.endsWith('\n') ? `${stderr}(vireo: ${note})` : `${stderr}\n(vireo: ${note})`;
}
