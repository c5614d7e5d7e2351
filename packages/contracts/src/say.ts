import en from '../messages/en.ts';
import zhCN from '../messages/zh-CN.ts';
import type { Locale } from './locales.ts';
import type { MessageRef } from './message.ts';
import { sayIn } from './wording.ts';

/** The words of the domain: flat keys, ICU messages. The same keys in both languages. */
export const messages: Record<Locale, Readonly<Record<string, string>>> = { en, 'zh-CN': zhCN };

/**
 * Puts a message reference into words. It carries both languages: a browser, which needs one, uses `sayIn`.
 * @returns the sentence, or the key itself where a language lacks it (the repository test keeps that from happening).
 */
export function say(locale: Locale, ref: MessageRef): string {
  return sayIn({ locale, words: messages[locale] }, ref);
}
