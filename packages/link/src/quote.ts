import { VireoError } from '@vireo/contracts';

/** Exit status of a command that didn't get its lock in time (EX_TEMPFAIL): it has not run. */
export const LOCK_BUSY_EXIT_CODE = 75;
/** How long a command waits for its lock, in seconds. */
export const LOCK_WAIT_SECONDS = 120;

const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;
const LOCK_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/;

/**
 * One POSIX shell line that makes the remote shell start exactly this argv: every word in single quotes unless it
 * consists of characters that mean nothing to any shell.
 * @throws VireoError `input.invalid` for an empty argv and for NUL, which no argv can hold.
 */
export function quoteArgv(argv: readonly string[]): string {
  if (argv.length === 0) throw refuse('a command needs at least one word');
  return argv.map(quoteWord).join(' ');
}

function quoteWord(word: string): string {
  if (word.includes('\0')) throw refuse('a word of a command holds a NUL byte');
  // A plain word with "=" could be an assignment if it came first; it never does (see remoteLine), but cheap to quote.
  if (PLAIN.test(word) && !word.includes('=')) return word;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

export interface RemoteLineOptions {
  user: string;
  lock?: string | undefined;
  timeoutMs: number;
}

/**
 * What is sent to the host: `env LC_ALL=C [sudo -n] [flock ...] timeout ... argv`.
 * - sudo stands first, so that lock files always belong to root, whoever signs in (the kernel's `protected_regular`
 *   refuses others' files in /run/lock).
 * - The host itself ends what takes too long: sshd passes no signal to a root session's programs and leaves them
 *   running when a connection is gone. Its clock starts when the lock is held.
 */
export function remoteLine(argv: readonly string[], { user, lock, timeoutMs }: RemoteLineOptions): string {
  if (argv.length === 0) throw refuse('a command needs at least one word');
  const words = ['env', 'LC_ALL=C'];
  if (user !== 'root') words.push('sudo', '-n');
  if (lock !== undefined) words.push(...lockWords(lock));
  words.push('timeout', '-k', '1', String(timeoutMs / 1000));
  return quoteArgv([...words, ...argv]);
}

function lockWords(lock: string): string[] {
  if (!LOCK_NAME.test(lock)) throw refuse('the name of a lock is letters, digits, ".", "_" and "-"');
  const wait = String(LOCK_WAIT_SECONDS);
  return ['flock', '-w', wait, '-E', String(LOCK_BUSY_EXIT_CODE), `/run/lock/vireo-${lock}`];
}

function refuse(message: string): VireoError {
  return new VireoError('input.invalid', {}, { fields: [{ field: 'argv', message }] });
}
