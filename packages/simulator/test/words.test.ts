import { quoteArgv } from '@vireo/link';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { unwrap } from '../src/programs/wrappers.ts';
import { wordsOf } from '../src/ssh/words.ts';

it('reads back every argv that link quotes', () => {
  const word = fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\0', ''));
  fc.assert(
    fc.property(fc.array(word, { minLength: 1 }), (argv) => {
      expect(wordsOf(quoteArgv(argv))).toEqual(argv);
    }),
  );
});

it('does not play a shell', () => {
  for (const line of ['a | b', 'a; b', 'a $HOME', 'a "b"', 'a `b`', 'a > b', "a 'b", 'a *'])
    expect(wordsOf(line)).toBeNull();
});

it('takes the wrappers off', () => {
  const line = 'env LC_ALL=C sudo -n flock -w 120 -E 75 /run/lock/vireo-x timeout -k 1 1.5 virsh list --all';
  expect(unwrap(line.split(' '))).toEqual({
    argv: ['virsh', 'list', '--all'],
    lock: { path: '/run/lock/vireo-x', waitMs: 120_000, busyExitCode: 75 },
    timeoutMs: 1500,
  });
  expect(unwrap(['flock', '--version'])?.argv).toEqual(['flock', '--version']);
  expect(unwrap(['sudo', '-u', 'x', 'id'])).toBeNull();
});
