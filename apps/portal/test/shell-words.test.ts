import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hereDocument, shellCommand, shellLine, shellWord } from '../src/features/plan/shell-words.ts';

describe('commands as shown', () => {
  it('leaves plain words alone and quotes the others', () => {
    expect(shellLine(['virsh', 'start', '0e7c'])).toBe('virsh start 0e7c');
    expect(shellWord('')).toBe("''");
    expect(shellWord("it's $(id)")).toBe("'it'\\''s $(id)'");
  });

  it('shows characters that can not be seen', () => {
    expect(shellWord('a\u001b[31m')).toBe("$'a\\x1b[31m'");
    expect(shellWord('\u202Etxt')).toBe("$'\\u202etxt'");
  });

  it('keeps the line ends of scripts', () => {
    expect(shellWord('set -e\nmv a b')).toBe("'set -e\nmv a b'");
  });

  it('ends a here-document with a word that is not in it', () => {
    expect(hereDocument('<a/>')).toBe("<<'STDIN'\n<a/>\nSTDIN");
    expect(hereDocument('STDIN\n')).toBe("<<'STDIN2'\nSTDIN\nSTDIN2");
    expect(shellCommand({ argv: ['virsh', 'define', '/dev/stdin'], stdin: '<domain/>\n' })).toBe(
      "virsh define /dev/stdin <<'STDIN'\n<domain/>\nSTDIN",
    );
  });

  it('is read by bash as the same arguments', () => {
    const word = fc
      .string({ unit: 'grapheme', maxLength: 12 })
      .filter((s) => !s.includes('\0') && !/\p{Surrogate}/u.test(s));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (argv) => {
        const printed = execFileSync('bash', ['-c', `printf '%s\\0' ${shellLine(argv)}`], {
          encoding: 'utf8',
          env: { ...process.env, LC_ALL: 'C.UTF-8' },
        });
        expect(printed.split('\0').slice(0, -1)).toEqual(argv);
      }),
      { numRuns: 60 },
    );
  });
});
