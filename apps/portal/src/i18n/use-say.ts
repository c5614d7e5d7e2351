'use client';

import { type MessageRef, sayIn } from '@vireo/contracts';
import { useLocale } from 'next-intl';
import { useCallback, useContext } from 'react';
import { DomainWords } from './domain-words.ts';

/** Words the domain's message references (operations, states, refusals) in the reader's language. */
export function useSay(): (ref: MessageRef) => string {
  const locale = useLocale();
  const words = useContext(DomainWords);
  return useCallback((ref: MessageRef) => sayIn({ locale, words }, ref), [locale, words]);
}
