import type { SimHost } from '../model/host.ts';

/** One run of a program on a simulated host. */
export interface Invocation {
  host: SimHost;
  /** The program's own arguments, without its name. */
  args: readonly string[];
  /** All of standard input; resolves when the other side ended it. */
  stdin: () => Promise<string>;
  /** Output before the end, as a program writes while it runs. */
  write: (text: string) => void;
  /** Fires when the other side hung up, or the program's time is over. */
  signal: AbortSignal;
}

export interface Outcome {
  exitCode: number;
  stdout: string;
  stderr: string;
}

export type Program = (invocation: Invocation) => Outcome | Promise<Outcome>;

export function done(stdout = ''): Outcome {
  return { exitCode: 0, stdout, stderr: '' };
}

export function failed(stderr: string, exitCode = 1, stdout = ''): Outcome {
  return { exitCode, stdout, stderr };
}

/** Waits as a working program would; cut short when nobody waits for it any more. */
export function busyFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}
