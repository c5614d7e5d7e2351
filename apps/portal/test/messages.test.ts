import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import en from '../messages/en/index.ts';
import zhCN from '../messages/zh-CN/index.ts';

/** `frame.home` -> text, for every text of a language. */
function flat(words: object, prefix = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(words)) {
    if (typeof value === 'string') found.set(`${prefix}${key}`, value);
    else for (const [inner, text] of flat(value, `${prefix}${key}.`)) found.set(inner, text);
  }
  return found;
}

/** Names of the parameters that a message asks for. */
function parametersOf(text: string): string[] {
  const names = new Set<string>();
  const walk = (node: unknown) => {
    if (Array.isArray(node)) for (const inner of node) walk(inner);
    else if (typeof node === 'object' && node !== null) {
      // 1: argument, 2: number, 3: date, 4: time, 5: select, 6: plural
      if ('type' in node && 'value' in node && typeof node.value === 'string' && node.type !== 0)
        names.add(node.value);
      if ('options' in node) for (const inner of Object.values(node.options as object)) walk(inner);
      if ('value' in node && Array.isArray(node.value)) walk(node.value);
    }
  };
  walk(new IntlMessageFormat(text, 'en').getAst());
  return [...names].sort();
}

const english = flat(en);
const chinese = flat(zhCN);

describe('the portal’s words', () => {
  it('have the same keys in both languages', () => {
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('are never empty', () => {
    for (const words of [english, chinese])
      expect([...words].filter(([, text]) => text.trim() === '').map(([key]) => key)).toEqual([]);
  });

  it('ask for the same parameters in both languages', () => {
    const differing = [...english].filter(
      ([key, text]) => parametersOf(text).join() !== parametersOf(chinese.get(key) ?? '').join(),
    );
    expect(differing.map(([key]) => key)).toEqual([]);
  });
});
