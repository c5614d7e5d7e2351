'use client';

import { useQuery } from '@tanstack/react-query';
import { Card } from '@vireo/ui/card';
import { SkeletonLines } from '@vireo/ui/skeleton';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/data/trpc';
import { SeverityIcon } from '@/features/event/severity-icon';
import { Ago } from '@/features/frame/ago';
import { useSay } from '@/i18n/use-say';

const SHOWN = 8;

export function RecentEventsCard() {
  const t = useTranslations('home');
  const common = useTranslations('common');
  const say = useSay();
  const trpc = useTRPC();
  const events = useQuery(trpc.event.list.queryOptions({ sort: '-at', limit: SHOWN }));
  return (
    <Card
      title={t('recentEvents')}
      actions={
        <Link href="/events" className="text-xs text-accent hover:underline">
          {t('showAll')}
        </Link>
      }
    >
      {events.isPending && <SkeletonLines label={common('loading')} />}
      <ul className="flex flex-col gap-1.5">
        {events.data?.items.map((event) => (
          <li key={event.id} className="flex items-start gap-2">
            <SeverityIcon severity={event.severity} />
            <span className="line-clamp-2 min-w-0 flex-1 break-words">{say(event.message)}</span>
            <Ago at={event.at} />
          </li>
        ))}
      </ul>
      {events.data?.items.length === 0 && <p className="text-muted">{t('noEvents')}</p>}
    </Card>
  );
}
