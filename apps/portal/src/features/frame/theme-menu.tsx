'use client';

import { IconButton } from '@vireo/ui/button';
import { Menu } from '@vireo/ui/menu';
import { Monitor, Moon, Sun } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { usePreferences } from './preferences.ts';

export function ThemeMenu({ isSignedIn = false }: { isSignedIn?: boolean }) {
  const t = useTranslations('frame');
  const { setTheme } = usePreferences({ isSignedIn });
  return (
    <Menu
      align="end"
      trigger={<IconButton label={t('theme')} icon={<Sun size={16} />} />}
      items={[
        {
          id: 'light',
          label: t('themeLight'),
          icon: <Sun size={14} />,
          onSelect: () => void setTheme('light'),
        },
        {
          id: 'dark',
          label: t('themeDark'),
          icon: <Moon size={14} />,
          onSelect: () => void setTheme('dark'),
        },
        {
          id: 'system',
          label: t('themeSystem'),
          icon: <Monitor size={14} />,
          onSelect: () => void setTheme('system'),
        },
      ]}
    />
  );
}
