'use client';

import type { Language } from '@vireo/contracts';
import { IntlProvider } from 'next-intl';
import type { ReactNode } from 'react';
import type { PortalMessages } from '../../messages/en/index.ts';
import { DomainWords } from './domain-words.ts';

/** Words for everything beneath. An unknown key shows as itself and is reported once in the browser's log. */
export function PortalIntlProvider({
  locale,
  messages,
  domainWords,
  children,
}: {
  locale: Language['locale'];
  messages: PortalMessages;
  domainWords: Language['words'];
  children: ReactNode;
}) {
  return (
    <IntlProvider
      locale={locale}
      messages={messages}
      timeZone={Intl.DateTimeFormat().resolvedOptions().timeZone}
    >
      <DomainWords value={domainWords}>{children}</DomainWords>
    </IntlProvider>
  );
}
