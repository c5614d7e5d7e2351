import { messages as domainWords } from '@vireo/contracts';
import type { Metadata, Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import './globals.css';
import { PortalIntlProvider } from '@/i18n/intl-provider';
import { chooseLocale, LOCALE_COOKIE, parseTheme, THEME_COOKIE } from '@/i18n/locale';
import en from '../../messages/en/index.ts';
import zhCN from '../../messages/zh-CN/index.ts';
import { Providers } from './providers';

export const metadata: Metadata = { title: { default: 'Vireo', template: '%s – Vireo' } };
export const viewport: Viewport = { width: 'device-width', initialScale: 1 };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const jar = await cookies();
  const locale = chooseLocale(jar.get(LOCALE_COOKIE)?.value, (await headers()).get('accept-language'));
  const theme = parseTheme(jar.get(THEME_COOKIE)?.value);
  return (
    <html lang={locale} data-theme={theme}>
      <body>
        <PortalIntlProvider
          locale={locale}
          messages={locale === 'en' ? en : zhCN}
          domainWords={domainWords[locale]}
        >
          <Providers>{children}</Providers>
        </PortalIntlProvider>
      </body>
    </html>
  );
}
