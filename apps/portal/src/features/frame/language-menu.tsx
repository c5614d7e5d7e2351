'use client';

import { LOCALES } from '@vireo/contracts';
import { Button } from '@vireo/ui/button';
import { Menu } from '@vireo/ui/menu';
import { Languages } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { LOCALE_NAMES } from '@/i18n/locale';
import { usePreferences } from './preferences.ts';

export function LanguageMenu({ isSignedIn = false }: { isSignedIn?: boolean }) {
  const t = useTranslations('frame');
  const locale = useLocale();
  const { setLocale } = usePreferences({ isSignedIn });
  return (
    <Menu
      align="end"
      trigger={
        <Button
          look="quiet"
          aria-label={`${t('language')}: ${LOCALE_NAMES[locale]}`}
          icon={<Languages size={16} />}
        >
          <span className="max-md:hidden">{LOCALE_NAMES[locale]}</span>
        </Button>
      }
      items={LOCALES.map((choice) => ({
        id: choice,
        label: <span lang={choice}>{LOCALE_NAMES[choice]}</span>,
        isChecked: choice === locale,
        onSelect: () => void setLocale(choice),
      }))}
    />
  );
}
