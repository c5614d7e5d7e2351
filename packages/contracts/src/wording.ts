import { IntlMessageFormat } from 'intl-messageformat';
import type { Locale } from './locales.ts';
import type { MessageRef } from './message.ts';

/** One language and its words: flat keys, ICU messages. */
export interface Language {
  locale: Locale;
  words: Readonly<Record<string, string>>;
}

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
function paramsIn(
  { locale, words }: Language,
  params: MessageRef['params'],
): Record<string, string | number> {
  const worded: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(params ?? {})) {
    if (name === 'reason' && typeof value === 'string' && words[value] !== undefined) {
      const { reason: _, ...rest } = params ?? {};
      worded[name] = sayIn({ locale, words }, { key: value, params: rest });
      continue;
    }
    const family = CODED_PARAMS[name];
    worded[name] = (family && words[`${family}.${value}`]) ?? value;
  }
  return worded;
}

const compiled = new Map<string, IntlMessageFormat>();

/**
 * Puts a message reference into words.
 * @returns the sentence, or the key itself where a language lacks it (the repository test keeps that from happening).
 */
export function sayIn(language: Language, ref: MessageRef): string {
  const { locale, words } = language;
  const text = words[ref.key];
  if (text === undefined) return ref.key;
  const cacheKey = `${locale}\n${ref.key}`;
  let format = compiled.get(cacheKey);
  if (!format) {
    // Hostile names may contain < >: tags are never parsed.
    format = new IntlMessageFormat(text, locale, undefined, { ignoreTag: true });
    compiled.set(cacheKey, format);
  }
  return String(format.format(paramsIn(language, ref.params)));
}
