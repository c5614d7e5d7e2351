import { scriptCall } from '@vireo/commands';
import { wordsOf } from '../ssh/words.ts';
import type { FileLocks } from './locks.ts';
import { failed, type Invocation, type Outcome, type Program } from './program.ts';
import { qemuImg } from './qemu-img.ts';
import { SCRIPT_ANSWERS } from './scripts.ts';
import { SMALL_PROGRAMS } from './small-programs.ts';
import { virsh } from './virsh.ts';
import { unwrap } from './wrappers.ts';

const PROGRAMS: Readonly<Record<string, Program>> = { virsh, 'qemu-img': qemuImg, ...SMALL_PROGRAMS };

/** Runs one remote command line. What can't be imitated is listed and answered like a missing program: 127. */
export async function runLine(
  line: string,
  locks: FileLocks,
  invocation: Omit<Invocation, 'args'>,
): Promise<Outcome> {
  const words = wordsOf(line);
  const unwrapped = words && unwrap(words);
  if (!unwrapped) return unknown(invocation, line);
  const { argv, lock, timeoutMs } = unwrapped;
  const release = lock ? await locks.take(lock.path, lock.waitMs, invocation.signal) : () => undefined;
  if (!release) return failed('', lock?.busyExitCode ?? 1);
  try {
    return await withinTime(timeoutMs, invocation.signal, (signal) =>
      runProgram(argv, { ...invocation, signal }),
    );
  } finally {
    release();
  }
}

async function runProgram(argv: readonly string[], invocation: Omit<Invocation, 'args'>): Promise<Outcome> {
  const script = scriptCall(argv);
  if (script) return await SCRIPT_ANSWERS[script.name]({ ...invocation, args: script.args });
  const [name = '', ...args] = argv;
  const program = Object.hasOwn(PROGRAMS, name) ? PROGRAMS[name] : undefined;
  return program ? await program({ ...invocation, args }) : unknown(invocation, argv.join(' '));
}

function unknown({ host }: Pick<Invocation, 'host'>, line: string): Outcome {
  const first = line.slice(0, 200);
  host.unknownCommands.add(first);
  return failed(`bash: line 1: ${first}: command not found\n`, 127);
}

/** timeout(1): 124 when the time is over before the program is. */
async function withinTime(
  timeoutMs: number | null,
  outer: AbortSignal,
  work: (signal: AbortSignal) => Promise<Outcome>,
): Promise<Outcome> {
  if (timeoutMs === null) return await work(outer);
  const inner = new AbortController();
  const onOuter = () => inner.abort();
  outer.addEventListener('abort', onOuter, { once: true });
  if (outer.aborted) inner.abort();
  let isOver = false;
  const timer = setTimeout(
    () => {
      isOver = true;
      inner.abort();
    },
    Math.min(timeoutMs, 2 ** 31 - 1),
  );
  try {
    const outcome = await work(inner.signal);
    return isOver ? { ...outcome, exitCode: 124 } : outcome;
  } finally {
    clearTimeout(timer);
    outer.removeEventListener('abort', onOuter);
  }
}
