'use client';

import { EmptyState } from '@vireo/ui/empty-state';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { useSession } from '@/data/session.tsx';
import { useVm } from '../vm/use-vm.ts';
import { VmStateBadge } from '../vm/vm-state-badge.tsx';
import { ConsolePanel } from './console-panel.tsx';

/** A console that fills its own window. */
export function ConsoleWindow({ vmId }: { vmId: string }) {
  const t = useTranslations('console');
  const tVm = useTranslations('vm');
  const session = useSession();
  const { vm, isMissing } = useVm(vmId);
  const name = vm?.name;
  useEffect(() => {
    if (name) document.title = t('title', { name });
  }, [name, t]);
  if (isMissing) return <EmptyState title={tVm('notFound.title')}>{tVm('notFound.text')}</EmptyState>;
  if (!session.may('vm.console')) return <EmptyState title={tVm('consoleNotAllowed')} />;
  if (!vm) return null;
  return (
    <main className="flex h-dvh flex-col">
      <h1 className="flex items-center gap-3 bg-surface px-3 pt-2 text-sm font-semibold">
        {vm.name} <VmStateBadge state={vm.state} isBusy={vm.busy !== null} />
      </h1>
      <ConsolePanel vm={vm} isOwnWindow />
    </main>
  );
}
