import { setTimeout as pause } from 'node:timers/promises';
import { LabError } from './lab-error.ts';

/** Asks until the answer is yes. Throws LabError "<what> after N s" when it never is. */
export async function until(
  condition: () => Promise<boolean> | boolean,
  what: string,
  timeoutMs = 20_000,
  everyMs = 50,
): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new LabError(`${what} after ${Math.round(timeoutMs / 1000)} s`);
    await pause(everyMs);
  }
}
