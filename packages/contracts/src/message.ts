import { IntlMessageFormat } from 'intl-messageformat';
import { z } from 'zod';
import en from '../messages/en.ts';
import zhCN from '../messages/zh-CN.ts';

export const LOCALES = ['en', 'zh-CN'] as const;
export type Locale = (typeof LOCALES)[number];

/** A sentence by key and numbers: stored and sent like this, put into words where a person reads it. */
export const MessageRef = z.object({
  key: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
});
export interface MessageRef {
  key: string;
  params?: Readonly<Record<string, string | number>> | undefined;
}

/** The words of the domain: flat keys, ICU messages. The same keys in both languages. */
export const messages: Record<Locale, Readonly<Record<string, string>>> = { en, 'zh-CN': zhCN };

/** Parameters that are codes themselves, and the family of keys that puts them into words. */
const CODED_PARAMS: Readonly<Record<string, string>> = {
  operation: 'operations',
  state: 'states',
  connection: 'connections',
  permission: 'permissions',
  role: 'roles',
  firmware: 'firmware',
};

/** A parameter `reason` may be the key of another message, which is then put into words with the same parameters. */
function wordsFor(locale: Locale, params: MessageRef['params']): Record<string, string | number> {
  const words: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(params ?? {})) {
    if (name === 'reason' && typeof value === 'string' && messages[locale][value] !== undefined) {
      const { reason: _, ...rest } = params ?? {};
      words[name] = say(locale, { key: value, params: rest });
      continue;
    }
    const family = CODED_PARAMS[name];
    words[name] = (family && messages[locale][`${family}.${value}`]) ?? value;
  }
  return words;
}

const compiled = new Map<string, IntlMessageFormat>();

/**
 * Puts a message reference into words.
 * @returns the sentence, or the key itself where a language lacks it (the repository test keeps that from happening).
 */
export function say(locale: Locale, ref: MessageRef): string {
  const text = messages[locale][ref.key];
  if (text === undefined) return ref.key;
  const cacheKey = `${locale}\n${ref.key}`;
  let format = compiled.get(cacheKey);
  if (!format) {
    // Hostile names may contain < >: tags are never parsed.
    format = new IntlMessageFormat(text, locale, undefined, { ignoreTag: true });
    compiled.set(cacheKey, format);
  }
  return String(format.format(wordsFor(locale, ref.params)));
}
