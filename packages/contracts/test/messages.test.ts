import {
  ERROR_CODES,
  HOST_CONNECTIONS,
  LOCALES,
  messages,
  OPERATIONS,
  PERMISSIONS,
  ROLES,
  say,
  TASK_STATES,
  VM_STATES,
} from '@vireo/contracts';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';

type Ast = ReturnType<IntlMessageFormat['getAst']>;
/** Element types of the ICU parser that take no argument: literal text, and `#` in a plural. */
const WITHOUT_ARGUMENT: readonly number[] = [0, 7];

/** Names of the arguments of an ICU message, also inside plurals and selects. */
function argumentsOf(elements: Ast, into = new Set<string>()): Set<string> {
  for (const element of elements) {
    if (WITHOUT_ARGUMENT.includes(element.type) || !('value' in element)) continue;
    into.add(element.value);
    if ('options' in element)
      for (const option of Object.values(element.options)) argumentsOf(option.value, into);
  }
  return into;
}
const argumentsIn = (text: string) =>
  [...argumentsOf(new IntlMessageFormat(text, 'en', undefined, { ignoreTag: true }).getAst())].sort();
const keys = Object.keys(messages.en);

describe('messages', () => {
  it('have the same keys in all languages', () => {
    expect(Object.keys(messages['zh-CN']).sort()).toEqual([...keys].sort());
  });

  it('take the same arguments in all languages', () => {
    const differing = keys.filter(
      (key) =>
        argumentsIn(messages.en[key] ?? '').join() !== argumentsIn(messages['zh-CN'][key] ?? '').join(),
    );
    expect(differing).toEqual([]);
  });

  it('are translated: no Chinese one is English, no English one is Chinese', () => {
    const han = /\p{Script=Han}/u;
    expect(keys.filter((key) => han.test(messages.en[key] ?? ''))).toEqual([]);
    // Formulas and names of firmware are the same everywhere.
    const same = /^(audit\.(operation|act|actOn)|firmware\.(bios|uefi))$/;
    expect(keys.filter((key) => !han.test(messages['zh-CN'][key] ?? '') && !same.test(key))).toEqual([]);
  });

  it.each([
    ['errors', Object.keys(ERROR_CODES)],
    ['operations', OPERATIONS.map((operation) => operation.name)],
    ['plan', OPERATIONS.map((operation) => operation.name)],
    ['states', VM_STATES],
    ['connections', HOST_CONNECTIONS],
    ['taskStates', TASK_STATES],
    ['roles', ROLES],
    ['permissions', PERMISSIONS],
  ] as const)('word every code of %s', (family, codes) => {
    for (const locale of LOCALES)
      expect(codes.filter((code) => !messages[locale][`${family}.${code}`])).toEqual([]);
  });
});

describe('say', () => {
  it('puts codes into words', () => {
    const ref = { key: 'mayNot.state', params: { state: 'shutOff' } };
    expect(say('en', ref)).toBe('Not possible in the state "Stopped".');
    expect(say('zh-CN', ref)).toBe('当前状态“已停止”下不能执行此操作。');
  });

  it('puts a reason that is a message itself into words', () => {
    const ref = {
      key: 'errors.vm.hostRefused',
      params: { host: 'cna01', reason: 'placement.tooManyVcpus', needed: 8, available: 2 },
    };
    expect(say('en', ref)).toBe(
      'Host cna01 cannot take the VM: Has 2 CPUs; the VM asks for 8. Ask for at most 2 vCPUs.',
    );
  });

  it('leaves what comes from outside inert', () => {
    const name = '<img src=x onerror=alert(1)> {count} $(id)';
    expect(say('en', { key: 'plan.vm.start', params: { name, host: 'h' } })).toBe(`Start VM ${name} on h`);
  });

  it('gives the key where there are no words', () => {
    expect(say('en', { key: 'no.such.key' })).toBe('no.such.key');
  });
});
