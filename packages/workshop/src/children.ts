import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';

/** A program that runs as long as the console does. Its output goes to `<logs>/<name>.log`. */
export interface Child {
  name: string;
  process: ChildProcess;
  /** Resolves when it ended, with its exit code or signal in words. */
  ended: Promise<string>;
  /** Asks it to stop, and ends it by force after `timeoutMs`. */
  stop(timeoutMs?: number): Promise<void>;
}

export interface ChildOptions {
  name: string;
  args: string[];
  cwd: string;
  env: Record<string, string>;
  logs: string;
  /** Sees each line of standard output before it goes to the log; return false to keep it out of the log. */
  onLine?: (line: string) => boolean;
}

/**
 * Starts a Node program in a process group of its own, so that Ctrl-C in the terminal reaches only the start
 * script, which then stops everything in order.
 */
export function startChild(options: ChildOptions): Child {
  const log = createWriteStream(join(options.logs, `${options.name}.log`), { flags: 'a', mode: 0o600 });
  const child = spawn(process.execPath, ['--import', 'tsx', ...options.args], {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (options.onLine?.(line) !== false) log.write(`${line}\n`);
  });
  child.stderr.on('data', (chunk) => log.write(chunk));
  const ended = new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('exit', (code, signal) => resolve(signal ?? `exit ${code}`));
  });
  void ended.then(() => log.end());
  return {
    name: options.name,
    process: child,
    ended,
    async stop(timeoutMs = 10_000) {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
      await ended;
      clearTimeout(timer);
    },
  };
}

/**
 * Waits for something that a child has to do before it counts as started.
 * @throws Error when the child ends first or `timeoutMs` pass.
 */
export async function whileAlive(child: Child, timeoutMs: number, started: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const isLate = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`it did not start within ${timeoutMs / 1000} s`), timeoutMs);
  });
  const problem = await Promise.race([started.then(() => null), child.ended, isLate]);
  clearTimeout(timer);
  if (problem !== null) throw new Error(`${child.name} ended while starting (${problem})`);
}

/**
 * Polls an address until it answers with one of the statuses.
 * @throws Error when the child ends first or `timeoutMs` pass.
 */
export async function waitForHttp(
  url: string,
  child: Child,
  timeoutMs: number,
  isGood = (status: number) => status < 500,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  let ended: string | null = null;
  void child.ended.then((how) => {
    ended = how;
  });
  while (Date.now() < deadline) {
    if (ended !== null) throw new Error(`${child.name} ended while starting (${ended})`);
    const status = await fetch(url, { signal: AbortSignal.timeout(2000), redirect: 'manual' }).then(
      (response) => response.status,
      () => 0,
    );
    if (status > 0 && isGood(status)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${child.name} did not answer at ${url} within ${timeoutMs / 1000} s`);
}
