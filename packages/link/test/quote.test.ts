import { spawnSync } from 'node:child_process';
import { HOSTILE_STRINGS } from '@vireo/contracts/testing';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { quoteArgv, remoteLine } from '../src/quote.ts';

/** What UTF-8 can carry: no lone surrogates. */
const HOSTILE_WORDS = HOSTILE_STRINGS.filter((word) => !/\p{Surrogate}/u.test(word));

/** What a program that a real `sh` starts from this line receives. */
function receivedBy(line: string): string[] {
  const { stdout, status } = spawnSync('sh', ['-c', line], { encoding: 'utf8', maxBuffer: 1 << 26 });
  expect(status).toBe(0);
  return stdout.split('\0').slice(0, -1);
}

const printer = (argv: readonly string[]) => ['printf', '%s\\0', ...argv];

it('hands 200 hostile strings to the program word for word', () => {
  expect(HOSTILE_WORDS.length).toBeGreaterThanOrEqual(200);
  expect(receivedBy(quoteArgv(printer(HOSTILE_WORDS)))).toEqual(HOSTILE_WORDS);
});

it('hands any argv to the program word for word', () => {
  const word = fc.oneof(
    fc.string({ unit: 'binary' }).map((s) => s.replaceAll('\0', '')),
    fc.constantFrom(...HOSTILE_WORDS),
  );
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), (argv) => {
      expect(receivedBy(quoteArgv(printer(argv)))).toEqual(argv);
    }),
    { numRuns: 300 },
  );
});

it('runs a command whose own name is hostile as a command of that name', () => {
  const { status, stderr } = spawnSync(
    'sh',
    ['-c', remoteLine(['$(id)'], { user: 'root', timeoutMs: 1000 })],
    {
      encoding: 'utf8',
    },
  );
  expect(status).toBe(127);
  expect(stderr).toContain('$(id)');
});

it('puts sudo before the lock, and both before the command', () => {
  expect(remoteLine(['virsh', 'list'], { user: 'root', timeoutMs: 1500 })).toBe(
    "env 'LC_ALL=C' timeout -k 1 1.5 virsh list",
  );
  expect(remoteLine(['virsh', 'list'], { user: 'vireo', lock: 'vm-1', timeoutMs: 2000 })).toBe(
    "env 'LC_ALL=C' sudo -n flock -w 120 -E 75 /run/lock/vireo-vm-1 timeout -k 1 2 virsh list",
  );
});

it('refuses what no argv can hold', () => {
  expect(() => quoteArgv([])).toThrow('input.invalid');
  expect(() => quoteArgv(['a\0b'])).toThrow('input.invalid');
  expect(() => remoteLine(['true'], { user: 'root', lock: '../x', timeoutMs: 1 })).toThrow('input.invalid');
});
