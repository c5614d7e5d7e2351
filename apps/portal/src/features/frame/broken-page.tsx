'use client';

import { Button } from '@vireo/ui/button';
import { EmptyState } from '@vireo/ui/empty-state';
import { Bug } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';

/** What is shown in place of a page whose code broke. */
export function BrokenPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const t = useTranslations('frame');
  const common = useTranslations('common');
  useEffect(() => console.error(error), [error]);
  return (
    <EmptyState
      icon={<Bug size={36} strokeWidth={1.5} />}
      title={t('broken')}
      actions={
        <Button look="primary" onClick={reset}>
          {common('retry')}
        </Button>
      }
    >
      {t('brokenHint')} <code className="break-all">{error.digest ?? error.name}</code>
    </EmptyState>
  );
}
