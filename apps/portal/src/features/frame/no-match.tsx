'use client';

import { Button } from '@vireo/ui/button';
import { EmptyState } from '@vireo/ui/empty-state';
import { SearchX } from 'lucide-react';
import { useTranslations } from 'next-intl';

/** A list is empty because of its filter. */
export function NoMatch({ onClear }: { onClear: () => void }) {
  const t = useTranslations('common');
  return (
    <EmptyState
      icon={<SearchX size={32} strokeWidth={1.5} />}
      title={t('noMatch')}
      actions={<Button onClick={onClear}>{t('clearFilter')}</Button>}
    >
      {t('noMatchHint')}
    </EmptyState>
  );
}
