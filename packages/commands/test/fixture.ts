import { readFileSync } from 'node:fs';

/** A recorded answer of a host as a command's output. */
export function recorded(name: string, exitCode = 0) {
  const stdout = readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8');
  return { stdout, stderr: '', exitCode };
}
