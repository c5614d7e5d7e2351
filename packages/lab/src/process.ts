import { readFile } from 'node:fs/promises';
import { until } from './wait.ts';

/** A process, and when it started: a pid alone may be another's by now. */
export interface ProcessMark {
  readonly pid: number;
  readonly startedAt: string;
}

/** The mark of a running process, or null when there is none (zombies count as none). */
export async function processMark(pid: number): Promise<ProcessMark | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  // The program's name is in parentheses and may hold blanks; proc(5) numbers: state is 3, starttime is 22.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  const startedAt = fields?.[19];
  if (!startedAt || fields?.[0] === 'Z') return null;
  return { pid, startedAt };
}

/** Sends a signal; false when the process has gone. */
export function signal(pid: number, name: 'SIGTERM' | 'SIGKILL'): boolean {
  try {
    return process.kill(pid, name);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}

/** Ends processes: asks, waits up to 2 s, insists. */
export async function endProcesses(pids: () => Promise<readonly number[]>, what: string): Promise<void> {
  const gone = async () => (await pids()).length === 0;
  for (const pid of await pids()) signal(pid, 'SIGTERM');
  try {
    await until(gone, what, 2_000);
  } catch {
    for (const pid of await pids()) signal(pid, 'SIGKILL');
    await until(gone, `${what} is still running`, 10_000);
  }
}
