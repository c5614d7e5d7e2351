'use client';

import type { VmView } from '@vireo/contracts';
import { Button } from '@vireo/ui/button';
import { EmptyState } from '@vireo/ui/empty-state';
import { SkeletonLines } from '@vireo/ui/skeleton';
import { Tabs } from '@vireo/ui/tabs';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { usePathname, useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import { useSession } from '@/data/session.tsx';
import { failureOf } from '@/data/vireo-failure.ts';
import { useSay } from '@/i18n/use-say.ts';
import { useVm } from './use-vm.ts';
import { VmActivity } from './vm-activity.tsx';
import { VmHardwareTab } from './vm-hardware-tab.tsx';
import { VmHeader } from './vm-header.tsx';
import { VmSummary } from './vm-summary.tsx';
import { VmWarnings } from './vm-warnings.tsx';

/** Loaded when the tab is opened: the other tabs don't pay for it. */
const ConsolePanel = dynamic(
  () => import('../console/console-panel.tsx').then((module) => module.ConsolePanel),
  { ssr: false },
);

/** One VM: what it is and does now, its parts, its screen, what was done to it. Live. */
export function VmPage({ id }: { id: string }) {
  const t = useTranslations('vm');
  const say = useSay();
  const query = useVm(id);
  const lastName = useRef<string | null>(null);
  if (query.vm) lastName.current = query.vm.name;
  if (query.isMissing) {
    return (
      <EmptyState
        title={lastName.current ? t('deleted.title', { name: lastName.current }) : t('notFound.title')}
        actions={
          <Button asChild>
            <Link href="/vms">{t('notFound.back')}</Link>
          </Button>
        }
      >
        {t(lastName.current ? 'deleted.text' : 'notFound.text')}
      </EmptyState>
    );
  }
  if (query.vm) return <LoadedVm vm={query.vm} />;
  if (query.error) return <EmptyState title={say(failureOf(query.error).message)} />;
  return (
    <div className="p-4">
      <SkeletonLines count={10} label={t('title')} />
    </div>
  );
}

function LoadedVm({ vm }: { vm: VmView }) {
  const t = useTranslations('vm.tabs');
  const session = useSession();
  const params = useSearchParams();
  const pathname = usePathname();
  const tab = params.get('tab') ?? 'summary';
  const goTo = (id: string) =>
    window.history.replaceState(null, '', id === 'summary' ? pathname : `${pathname}?tab=${id}`);
  const mayConsole = session.may('vm.console');
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <VmHeader vm={vm} onConsole={() => goTo('console')} />
      <VmWarnings vm={vm} />
      <Tabs
        label={vm.name}
        value={tab}
        onChange={goTo}
        tabs={[
          { id: 'summary', label: t('summary'), content: <VmSummary vm={vm} /> },
          { id: 'hardware', label: t('hardware'), content: <VmHardwareTab vm={vm} /> },
          {
            id: 'console',
            label: t('console'),
            content: mayConsole ? <ConsolePanel vm={vm} /> : <NoConsole />,
          },
          { id: 'activity', label: t('activity'), content: <VmActivity vm={vm} /> },
        ]}
      />
    </div>
  );
}

function NoConsole() {
  const t = useTranslations('vm');
  return <EmptyState title={t('consoleNotAllowed')} />;
}
