import { BridgeName, Description, HostAddress, SshUser, VmName } from '@vireo/contracts';
import { describe, expect, it } from 'vitest';
import { HOSTILE_STRINGS } from './hostile-strings.ts';

describe('VM names', () => {
  it.each(['13', '--help', '$(id)', 'web 01', '虚拟机', '<b>', "it's", ']]>'])('may be %s', (name) => {
    expect(VmName.safeParse(name).success).toBe(true);
  });

  it.each(['', ' ', 'a/b', 'a\nb', ' a', '.', '..', '\u202e', 'a\u0000', '虚'.repeat(100)])(
    'are refused: %j',
    (name) => {
      expect(VmName.safeParse(name).success).toBe(false);
    },
  );

  it('hold nothing that a line-based tool could misread', () => {
    const accepted = HOSTILE_STRINGS.filter((text) => VmName.safeParse(text).success);
    expect(accepted.length).toBeGreaterThan(100);
    expect(accepted.filter((text) => /[\p{Cc}\p{Surrogate}/]/u.test(text) || text !== text.trim())).toEqual(
      [],
    );
  });
});

describe('fields that name things on hosts', () => {
  it.each([
    ['address', HostAddress, /^[A-Za-z0-9:][A-Za-z0-9.:_%-]*$/],
    ['user', SshUser, /^[a-z_][a-z0-9_-]*$/],
    ['bridge', BridgeName, /^[A-Za-z0-9][A-Za-z0-9._-]*$/],
  ] as const)('%s accepts nothing hostile', (_name, schema, harmless) => {
    const accepted = HOSTILE_STRINGS.filter((text) => schema.safeParse(text).success);
    expect(accepted.filter((text) => !harmless.test(text))).toEqual([]);
  });

  it('descriptions hold what XML can hold', () => {
    expect(Description.safeParse('a\n<b> ]]> "q"').success).toBe(true);
    expect(Description.safeParse('a\u0007').success).toBe(false);
    expect(Description.safeParse('a\uffff').success).toBe(false);
  });
});
