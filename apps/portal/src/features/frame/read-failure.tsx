'use client';

import { Button } from '@vireo/ui/button';
import { Callout } from '@vireo/ui/callout';
import { useTranslations } from 'next-intl';
import { failureOf, type VireoFailure } from '@/data/vireo-failure';
import { useSay } from '@/i18n/use-say';

/** A read that failed: what, why, and a way to ask again. */
export function ReadFailure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useTranslations('common');
  const say = useSay();
  const failure = failureOf(error);
  // Asking again doesn't mend a filter; the reader does, in the field above.
  if (failure.fields.some(({ field }) => field === 'filter')) {
    return (
      <div className="p-4">
        <Callout tone="warn" title={t('filterWrong')}>
          <FilterProblem failure={failure} />
        </Callout>
      </div>
    );
  }
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
        {say(failure.message)}
      </Callout>
    </div>
  );
}

function FilterProblem({ failure }: { failure: VireoFailure }) {
  const t = useTranslations('common');
  const { term, value, allowed } = failure.message.params ?? {};
  if (term === undefined || allowed === undefined) {
    return failure.fields.map((problem) => <p key={problem.field}>{problem.message}</p>);
  }
  return value === undefined
    ? t('filterNoField', { term, allowed })
    : t('filterNoValue', { term, value, allowed });
}
