'use client';

import type { Locale } from '@vireo/contracts';
import { useRouter } from 'next/navigation';
import { useCallback } from 'react';
import { useTRPCClient } from '@/data/trpc';
import { LOCALE_COOKIE, THEME_COOKIE, type Theme } from '@/i18n/locale';

const A_YEAR_SECONDS = 365 * 86_400;

function keepCookie(name: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: cookieStore exists on HTTPS and localhost only
  document.cookie = `${name}=${value}; Path=/; Max-Age=${A_YEAR_SECONDS}; SameSite=Lax`;
}

const readCookie = (name: string) =>
  document.cookie
    .split('; ')
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);

/** Language and theme: at once in this browser, and remembered with the session where somebody is signed in. */
export function usePreferences({ isSignedIn }: { isSignedIn: boolean }) {
  const router = useRouter();
  const client = useTRPCClient();
  const setLocale = useCallback(
    async (locale: Locale) => {
      keepCookie(LOCALE_COOKIE, locale);
      if (isSignedIn) await client.session.setPreferences.mutate({ locale });
      // New words for the same page: what is typed, selected and scrolled stays.
      router.refresh();
    },
    [router, client, isSignedIn],
  );
  const setTheme = useCallback(
    async (theme: Theme) => {
      document.documentElement.dataset.theme = theme;
      keepCookie(THEME_COOKIE, theme);
      if (isSignedIn) await client.session.setPreferences.mutate({ theme });
    },
    [client, isSignedIn],
  );
  return { setLocale, setTheme };
}

/** On a browser that was never told: what the person chose elsewhere. */
export function adoptPreferences(session: { locale: Locale; theme: Theme }, refresh: () => void): void {
  if (readCookie(THEME_COOKIE) === undefined && session.theme !== 'system') {
    document.documentElement.dataset.theme = session.theme;
    keepCookie(THEME_COOKIE, session.theme);
  }
  if (readCookie(LOCALE_COOKIE) === undefined && session.locale !== document.documentElement.lang) {
    keepCookie(LOCALE_COOKIE, session.locale);
    refresh();
  }
}
