'use client';

import { type MessageRef, say } from '@vireo/contracts';
import { useLocale } from 'next-intl';
import { useCallback } from 'react';

/** Words the domain's message references (operations, states, refusals) in the reader's language. */
export function useSay(): (ref: MessageRef) => string {
  const locale = useLocale();
  return useCallback((ref: MessageRef) => say(locale, ref), [locale]);
}
