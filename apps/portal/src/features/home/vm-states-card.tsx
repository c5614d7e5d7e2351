'use client';

import { type OverviewView, VM_STATES } from '@vireo/contracts';
import { StateBadge } from '@vireo/ui/badge';
import { Card } from '@vireo/ui/card';
import { SkeletonLines } from '@vireo/ui/skeleton';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { VM_TONES } from '@/features/frame/state-tones';
import { useSay } from '@/i18n/use-say';
import { useUnits } from '@/i18n/use-units';

/** How many VMs are in each state; each a link to the list with that filter. */
export function VmStatesCard({ overview }: { overview: OverviewView | undefined }) {
  const t = useTranslations('home');
  const common = useTranslations('common');
  const say = useSay();
  const { number } = useUnits();
  const states = VM_STATES.filter((state) => (overview?.vms[state] ?? 0) > 0);
  return (
    <Card
      title={t('vms')}
      actions={
        <Link href="/vms" className="text-xs text-accent hover:underline">
          {t('showAll')}
        </Link>
      }
    >
      {!overview && <SkeletonLines label={common('loading')} />}
      {overview && (
        <div className="flex items-start gap-6">
          <div>
            <p className="text-3xl font-semibold">{number(overview.vmTotal)}</p>
            <p className="text-xs text-muted">{t('vmTotal')}</p>
          </div>
          <ul className="flex flex-1 flex-col gap-1">
            {states.map((state) => (
              <li key={state}>
                <Link
                  href={`/vms?filter=state:${state}`}
                  className="flex justify-between gap-2 rounded px-1.5 py-0.5 hover:bg-hover"
                >
                  <StateBadge tone={VM_TONES[state]}>{say({ key: `states.${state}` })}</StateBadge>
                  <span>{number(overview.vms[state] ?? 0)}</span>
                </Link>
              </li>
            ))}
            {states.length === 0 && <li className="text-muted">{t('noVms')}</li>}
          </ul>
        </div>
      )}
    </Card>
  );
}
