'use client';

import { RefreshCw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useIsLive } from '@/data/change-feed';

/** A quiet line while the page doesn't hear of changes. */
export function LiveStrip() {
  const t = useTranslations('frame');
  if (useIsLive()) return null;
  return (
    <p
      role="status"
      className="flex items-center gap-2 border-b border-line bg-warn-soft px-4 py-1 text-xs text-warn"
    >
      <RefreshCw size={12} aria-hidden />
      {t('reconnecting')}
    </p>
  );
}
