'use client';

import { Button } from '@vireo/ui/button';
import { Callout } from '@vireo/ui/callout';
import { useTranslations } from 'next-intl';
import { failureOf } from '@/data/vireo-failure';
import { useSay } from '@/i18n/use-say';

/** A read that failed: what, why, and a way to ask again. */
export function ReadFailure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useTranslations('common');
  const say = useSay();
  return (
    <div className="p-4">
      <Callout
        tone="danger"
        title={t('couldNotRead')}
        actions={
          <Button size="small" onClick={onRetry}>
            {t('retry')}
          </Button>
        }
      >
        {say(failureOf(error).message)}
      </Callout>
    </div>
  );
}
