/** What stands before a program in a command line of ours. */
export interface Unwrapped {
  argv: string[];
  lock: { path: string; waitMs: number; busyExitCode: number } | null;
  timeoutMs: number | null;
}

/**
 * Takes `env NAME=VALUE`, `sudo -n`, `flock -w S [-E N] FILE`, `timeout [-k S] S` and `prlimit --as=N` off the front.
 * @returns null when a wrapper is used in a way that isn't known.
 */
export function unwrap(words: readonly string[]): Unwrapped | null {
  let rest = [...words];
  const result: Unwrapped = { argv: rest, lock: null, timeoutMs: null };
  for (;;) {
    const [program, ...args] = rest;
    if (args[0] === '--version') return { ...result, argv: rest };
    if (program === 'env') {
      const count = args.findIndex((word) => !/^[A-Z_]+=/.test(word));
      rest = count < 0 ? [] : args.slice(count);
    } else if (program === 'sudo') {
      if (args[0] !== '-n') return null;
      rest = args.slice(1);
    } else if (program === 'flock') {
      const found = takeFlock(args);
      if (!found) return null;
      result.lock = found.lock;
      rest = found.rest;
    } else if (program === 'timeout') {
      const found = takeTimeout(args);
      if (!found) return null;
      result.timeoutMs = Math.min(result.timeoutMs ?? Number.POSITIVE_INFINITY, found.ms);
      rest = found.rest;
    } else if (program === 'prlimit') {
      if (!/^--as=\d+$/.test(args[0] ?? '')) return null;
      rest = args.slice(1);
    } else {
      return { ...result, argv: rest };
    }
  }
}

function takeFlock(args: readonly string[]): { lock: NonNullable<Unwrapped['lock']>; rest: string[] } | null {
  let waitMs = Number.POSITIVE_INFINITY;
  let busyExitCode = 1;
  let at = 0;
  for (; args[at]?.startsWith('-'); at += 2) {
    const value = Number(args[at + 1]);
    if (args[at] === '-w') waitMs = value * 1000;
    else if (args[at] === '-E') busyExitCode = value;
    else return null;
  }
  const path = args[at];
  return path === undefined ? null : { lock: { path, waitMs, busyExitCode }, rest: args.slice(at + 1) };
}

function takeTimeout(args: readonly string[]): { ms: number; rest: string[] } | null {
  const at = args[0] === '-k' ? 2 : 0;
  const seconds = Number(args[at]);
  return seconds > 0 ? { ms: seconds * 1000, rest: args.slice(at + 1) } : null;
}
