'use client';

import { Badge } from '@vireo/ui/badge';
import { Button } from '@vireo/ui/button';
import { Table } from '@vireo/ui/table';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useSay } from '@/i18n/use-say.ts';
import { useUnits } from '@/i18n/use-units.ts';
import type { PlanView } from './plan-view.ts';

type Verdict = PlanView['placement'][number];

const SHOWN_AT_FIRST = 3;

/** Which hosts fit and why (not); the chosen one first. With many hosts the best few, until all are asked for. */
export function PlacementTable({ placement }: { placement: readonly Verdict[] }) {
  const t = useTranslations('plan');
  const say = useSay();
  const units = useUnits();
  const [isAll, setIsAll] = useState(false);
  // One more row costs no more room than the button.
  const hasMore = !isAll && placement.length > SHOWN_AT_FIRST + 1;
  return (
    <div className="flex flex-col items-start gap-2">
      <Table<Verdict>
        label={t('placement')}
        rows={hasMore ? placement.slice(0, SHOWN_AT_FIRST) : placement}
        rowId={(verdict) => verdict.hostId}
        columns={[
          { id: 'host', header: t('placementHost'), cell: (verdict) => verdict.hostName },
          {
            id: 'verdict',
            header: t('placementVerdict'),
            cell: (verdict) => <VerdictBadge verdict={verdict} />,
          },
          {
            id: 'score',
            header: t('placementScore'),
            isNumeric: true,
            cell: (verdict) => (verdict.score === undefined ? '–' : units.number(verdict.score, 2)),
          },
          {
            id: 'reasons',
            header: t('placementReasons'),
            cell: (verdict) => (
              <ul className="flex flex-col gap-0.5 text-xs">
                {verdict.reasons.map((reason) => (
                  <li key={reason.key}>{say(reason)}</li>
                ))}
              </ul>
            ),
          },
        ]}
      />
      {hasMore && (
        <Button size="small" onClick={() => setIsAll(true)}>
          {t('placementAll', { count: placement.length })}
        </Button>
      )}
    </div>
  );
}

function VerdictBadge({ verdict }: { verdict: Verdict }) {
  const t = useTranslations('plan');
  if (verdict.isChosen) return <Badge tone="ok">{t('chosen')}</Badge>;
  return verdict.isAdmitted ? (
    <Badge tone="info">{t('admitted')}</Badge>
  ) : (
    <Badge tone="warn">{t('notAdmitted')}</Badge>
  );
}
