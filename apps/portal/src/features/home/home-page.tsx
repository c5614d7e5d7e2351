'use client';

import { useQuery } from '@tanstack/react-query';
import { Button } from '@vireo/ui/button';
import { EmptyState } from '@vireo/ui/empty-state';
import { Plus, Server } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useSession } from '@/data/session';
import { useTRPC } from '@/data/trpc';
import { PageHeader } from '@/features/frame/page-header';
import { ReadFailure } from '@/features/frame/read-failure';
import { CapacityCard } from './capacity-card.tsx';
import { HostsCard } from './hosts-card.tsx';
import { RecentEventsCard } from './recent-events-card.tsx';
import { RecentTasksCard } from './recent-tasks-card.tsx';
import { VmStatesCard } from './vm-states-card.tsx';

/** How everything is, at a glance; on a new console, what to do first. */
export function HomePage() {
  const t = useTranslations('home');
  const trpc = useTRPC();
  const { may } = useSession();
  const overview = useQuery(trpc.inventory.overview.queryOptions());
  const isNew = overview.data?.hosts.total === 0;
  return (
    <>
      <PageHeader title={t('title')} />
      <div className="min-h-0 flex-1 overflow-auto px-4 pb-6">
        {overview.error && <ReadFailure error={overview.error} onRetry={() => void overview.refetch()} />}
        {isNew && (
          <EmptyState
            icon={<Server size={36} strokeWidth={1.5} />}
            title={t('firstTitle')}
            actions={
              <Button look="primary" asChild>
                {may('host.manage') ? (
                  <Link href="/hosts/new">
                    <Plus size={15} aria-hidden />
                    {t('addFirstHost')}
                  </Link>
                ) : (
                  <Link href="/hosts">{t('toHosts')}</Link>
                )}
              </Button>
            }
          >
            <ol className="mt-1 list-decimal space-y-1 pl-5 text-left">
              <li>{t('firstStep1')}</li>
              <li>{t('firstStep2')}</li>
              <li>{t('firstStep3')}</li>
            </ol>
          </EmptyState>
        )}
        {!isNew && !overview.error && (
          <div className="grid gap-4 xl:grid-cols-3">
            <CapacityCard overview={overview.data} />
            <VmStatesCard overview={overview.data} />
            <HostsCard />
            <RecentTasksCard />
            <RecentEventsCard />
          </div>
        )}
      </div>
    </>
  );
}
