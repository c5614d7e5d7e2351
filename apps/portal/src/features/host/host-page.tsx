'use client';

import { useQuery } from '@tanstack/react-query';
import { type HostView, isHostId } from '@vireo/contracts';
import { Button } from '@vireo/ui/button';
import { EmptyState } from '@vireo/ui/empty-state';
import { SkeletonLines } from '@vireo/ui/skeleton';
import { Tabs } from '@vireo/ui/tabs';
import { ServerOff } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/data/trpc';
import { failureOf } from '@/data/vireo-failure';
import { PageHeader } from '@/features/frame/page-header';
import { ReadFailure } from '@/features/frame/read-failure';
import { useTab } from '@/features/frame/use-tab';
import { ConnectionBadge } from './connection-badge.tsx';
import { CreateVmButton } from './create-vm-button.tsx';
import { HostActions } from './host-actions.tsx';
import { HostActivity } from './host-activity.tsx';
import { HostAlarm } from './host-alarm.tsx';
import { HostNetwork } from './host-network.tsx';
import { HostStorage } from './host-storage.tsx';
import { HostSummary } from './host-summary.tsx';
import { HostVms } from './host-vms.tsx';
import { SimulatedBadge } from './simulated-badge.tsx';

const TABS = ['summary', 'vms', 'network', 'storage', 'activity'] as const;

export function HostPage({ hostId }: { hostId: string }) {
  const t = useTranslations('host');
  const common = useTranslations('common');
  const trpc = useTRPC();
  const isId = isHostId(hostId);
  const host = useQuery(trpc.host.get.queryOptions({ id: hostId }, { enabled: isId }));
  if (host.data) return <Shown host={host.data} />;
  if (!isId || (host.error && failureOf(host.error).code === 'notFound')) {
    return (
      <>
        <PageHeader title={t('gone')} crumbs={[{ label: t('title'), href: '/hosts' }]} />
        <EmptyState
          icon={<ServerOff size={32} strokeWidth={1.5} />}
          title={t('gone')}
          actions={
            <Button asChild>
              <Link href="/hosts">{t('title')}</Link>
            </Button>
          }
        >
          {t('goneHint')}
        </EmptyState>
      </>
    );
  }
  if (host.error) return <ReadFailure error={host.error} onRetry={() => void host.refetch()} />;
  return (
    <div className="p-4">
      <SkeletonLines count={6} label={common('loading')} />
    </div>
  );
}

function Shown({ host }: { host: HostView }) {
  const t = useTranslations('host');
  const [tab, setTab] = useTab(TABS);
  return (
    <>
      <PageHeader
        title={host.name}
        crumbs={[{ label: t('title'), href: '/hosts' }]}
        state={
          <>
            <ConnectionBadge connection={host.connection} />
            {host.isSimulated && <SimulatedBadge />}
          </>
        }
        actions={
          <>
            <CreateVmButton host={host} />
            <HostActions host={host} />
          </>
        }
      />
      <HostAlarm host={host} />
      <Tabs
        label={host.name}
        value={tab}
        onChange={setTab}
        tabs={[
          { id: 'summary', label: t('summary'), content: <HostSummary host={host} /> },
          { id: 'vms', label: t('vms', { count: host.vmCount }), content: <HostVms host={host} /> },
          { id: 'network', label: t('network'), content: <HostNetwork host={host} /> },
          { id: 'storage', label: t('storage'), content: <HostStorage host={host} /> },
          { id: 'activity', label: t('activity'), content: <HostActivity host={host} /> },
        ]}
      />
    </>
  );
}
