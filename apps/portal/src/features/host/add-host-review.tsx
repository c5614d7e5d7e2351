'use client';

import { Button } from '@vireo/ui/button';
import { useTranslations } from 'next-intl';
import { PlanQueryView } from '@/features/plan/plan-preview';
import { usePlan } from '@/features/plan/use-plan';
import type { AddHost } from './use-add-host.ts';

/** What adding the host will do, before it does it. */
export function AddHostReview({ wizard }: { wizard: AddHost }) {
  const t = useTranslations('host.add');
  const common = useTranslations('common');
  const plan = usePlan(wizard.input && { operation: 'host.add', input: wizard.input });
  return (
    <div className="flex flex-col gap-4">
      <PlanQueryView query={plan} />
      <div className="flex justify-between gap-2">
        <Button onClick={() => wizard.go('check')}>{common('back')}</Button>
        <Button
          look="primary"
          disabled={!plan.plan || plan.failure !== null}
          onClick={() => void wizard.add()}
        >
          {t('run')}
        </Button>
      </div>
    </div>
  );
}
