'use client';

import type { Locale } from '@vireo/contracts';
import { IntlProvider } from 'next-intl';
import type { ReactNode } from 'react';
import type { PortalMessages } from '../../messages/en/index.ts';

/** Words for everything beneath. An unknown key shows as itself and is reported once in the browser's log. */
export function PortalIntlProvider({
  locale,
  messages,
  children,
}: {
  locale: Locale;
  messages: PortalMessages;
  children: ReactNode;
}) {
  return (
    <IntlProvider
      locale={locale}
      messages={messages}
      timeZone={Intl.DateTimeFormat().resolvedOptions().timeZone}
    >
      {children}
    </IntlProvider>
  );
}
