'use client';

import { Button, IconButton } from '@vireo/ui/button';
import { Menu as MenuIcon, Search } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useEffect, useEffectEvent, useState } from 'react';
import { LanguageMenu } from './language-menu.tsx';
import { Mark } from './mark.tsx';
import { RunningTasks } from './running-tasks.tsx';
import { ThemeMenu } from './theme-menu.tsx';
import { UserMenu } from './user-menu.tsx';

const loadPalette = () => import('./search-palette.tsx').then((module) => module.SearchPalette);
const SearchPalette = dynamic(loadPalette, { ssr: false });
/** The page comes first; soon after, Ctrl-K must open at once and lose no key. */
const PRELOAD_MS = 1000;

export function TopBar({ onOpenNavigation }: { onOpenNavigation: () => void }) {
  const t = useTranslations('frame');
  const [isSearching, setIsSearching] = useState(false);
  const [searchText, setSearchText] = useState('');
  useEarlyKeys(isSearching, (key) => setSearchText((text) => text + key));
  const endSearch = () => {
    setIsSearching(false);
    setSearchText('');
  };
  useEffect(() => {
    const timer = setTimeout(() => void loadPalette(), PRELOAD_MS);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    const open = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.shiftKey) return;
      event.preventDefault();
      setIsSearching(true);
    };
    window.addEventListener('keydown', open);
    return () => window.removeEventListener('keydown', open);
  }, []);
  return (
    <header className="flex h-12 shrink-0 items-center gap-1 border-b border-line bg-surface px-2 sm:px-3">
      <IconButton
        label={t('openNavigation')}
        icon={<MenuIcon size={18} />}
        className="md:hidden"
        onClick={onOpenNavigation}
      />
      <Link href="/" className="flex items-center gap-2 rounded-md px-1.5 py-1">
        <Mark />
        <span className="text-base font-semibold max-sm:sr-only">{t('product')}</span>
      </Link>
      <Button
        look="secondary"
        onClick={() => setIsSearching(true)}
        aria-keyshortcuts="Control+K Meta+K"
        className="mx-2 ml-4 w-full max-w-md !justify-start !font-normal text-muted max-sm:!hidden"
        icon={<Search size={14} />}
      >
        <span className="min-w-0 flex-1 truncate text-left">{t('searchHint')}</span>
        <kbd aria-hidden className="rounded border border-line px-1 font-sans text-2xs">
          Ctrl K
        </kbd>
      </Button>
      <div className="flex flex-1 items-center justify-end gap-0.5">
        <IconButton
          label={t('search')}
          icon={<Search size={16} />}
          className="sm:hidden"
          onClick={() => setIsSearching(true)}
        />
        <RunningTasks />
        <LanguageMenu isSignedIn />
        <ThemeMenu isSignedIn />
        <UserMenu />
      </div>
      {isSearching && <SearchPalette text={searchText} onText={setSearchText} onClose={endSearch} />}
    </header>
  );
}

/** Somebody who types on right after Ctrl-K is faster than the search field: what comes before it has the focus counts. */
function useEarlyKeys(isOpen: boolean, onKey: (key: string) => void): void {
  const hear = useEffectEvent((event: KeyboardEvent) => {
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    onKey(event.key);
  });
  useEffect(() => {
    if (!isOpen) return;
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, [isOpen]);
}
