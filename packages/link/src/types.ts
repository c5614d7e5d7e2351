import type { Duplex } from 'node:stream';
import type { CommandSpec, HostConnection, VireoError } from '@vireo/contracts';

/** How to reach a host. The credential is in the clear here and nowhere else. */
export interface HostEndpoint {
  address: string;
  port: number;
  user: string;
  /** Pinned key, `<algorithm> <base64>`. A host that presents another gets no credential and no command. */
  hostKey: string;
  credential: { kind: 'password'; password: string } | { kind: 'privateKey'; privateKey: string };
}

/** Which way a command failed, if not by its exit code. `notSent`: it never reached the host and may be repeated. */
export type ExecFailure = 'timedOut' | 'connectionLost' | 'notSent' | 'cancelled';

/** Outcome of one command; success and failure share this shape. */
export interface ExecResult {
  argv: readonly string[];
  startedAt: Date;
  durationMs: number;
  /** null when there is none (see `failure`). */
  exitCode: number | null;
  stdout: string;
  stderr: string;
  failure: ExecFailure | null;
}

export interface ExecOptions {
  signal?: AbortSignal;
  onStdout?: (chunk: string) => void;
  /**
   * Name of a lock file on the host (`/run/lock/vireo-<name>`) under which the command runs (flock), so that a
   * command left over from a lost connection and its repetition never overlap.
   */
  lock?: string;
}

/** A long-lived command whose output is read line by line, e.g. `virsh event --loop`. */
export interface LineStream {
  /** Resolves when the command or the connection ended; never rejects. A stream `exited` after six hours at the latest: open it again. */
  ended: Promise<ExecFailure | 'exited'>;
  close(): void;
}

/** One open SSH connection. */
export interface HostSession {
  readonly isOpen: boolean;
  /** Bytes and round trips since it opened, for the bench. */
  readonly traffic: { execs: number; bytesIn: number; bytesOut: number };
  /** Runs one command with LC_ALL=C. Never rejects for what happens on the host or the wire: see {@link ExecResult}. */
  exec(command: CommandSpec, options?: ExecOptions): Promise<ExecResult>;
  lines(argv: readonly string[], onLine: (line: string) => void): LineStream;
  /** Byte stream to a TCP port as seen from the host. Rejects with VireoError `host.unreachable` when refused. */
  tunnelTcp(address: string, port: number): Promise<Duplex>;
  tunnelUnix(path: string): Promise<Duplex>;
  /** Resolves when the connection is gone, however. */
  closed: Promise<void>;
  close(): void;
}

export interface OpenOptions {
  connectTimeoutMs?: number;
  signal?: AbortSignal;
}

/** @throws VireoError `host.unreachable` | `host.keyChanged` | `host.authRefused` */
export type OpenSession = (endpoint: HostEndpoint, options?: OpenOptions) => Promise<HostSession>;

/** Reads the key that an address presents, without signing in: `<algorithm> <base64>`. @throws VireoError `host.unreachable` */
export type ProbeHostKey = (address: string, port: number, timeoutMs: number) => Promise<string>;

/** What is known of the way to one host, as its owner is told. */
export interface LinkReport {
  state: HostConnection;
  /** Why it is not connected: `host.unreachable` | `host.keyChanged` | `host.authRefused`; null while connected or dialling for the first time. */
  problem: VireoError | null;
  since: Date;
}

/**
 * Keeps one connection to one host open for as long as it lives: dials again by itself, 0.5 s .. 15 s apart with
 * jitter, or each 60 s where only a person can help (key changed, credential refused).
 */
export interface KeptSession {
  readonly report: LinkReport;
  /** The open session. @throws VireoError `host.notConnected`, or the reason of the last failed attempt (`host.unreachable` | `host.keyChanged` | `host.authRefused`). */
  session(): HostSession;
  /** The address, key or credential was changed: drops the connection and dials the new endpoint at once. */
  endpointChanged(): void;
  /** Ends the connection and the dialling. No report follows. */
  close(): void;
}

export interface KeepOptions {
  /** Asked at each attempt, so that the credential isn't held in memory between them. May reject: counts as `host.unreachable`. */
  endpoint: () => Promise<HostEndpoint>;
  /** Told of each change of state, and of each new problem. Called on the next turn, never from inside a call of yours. */
  onReport: (report: LinkReport) => void;
  open?: OpenSession;
  connectTimeoutMs?: number;
  retry?: { firstMs: number; mostMs: number; slowMs: number };
}

export type KeepSession = (options: KeepOptions) => KeptSession;
