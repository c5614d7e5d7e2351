'use client';

import type { VmView } from '@vireo/contracts';
import { Button } from '@vireo/ui/button';
import { Callout } from '@vireo/ui/callout';
import { useTranslations } from 'next-intl';
import { useSay } from '@/i18n/use-say.ts';
import { useUnits } from '@/i18n/use-units.ts';
import { useTaskDrawer } from '../task/task-drawer-context.tsx';
import { useNow } from '../task/use-now.ts';
import { VmLastFailure } from './vm-last-failure.tsx';

/** What a reader must know before believing the page: unknown state, an open task, a VM that won't last. */
export function VmWarnings({ vm }: { vm: VmView }) {
  const t = useTranslations('vm.warnings');
  const say = useSay();
  const { openTask } = useTaskDrawer();
  const { busy } = vm;
  return (
    <div className="flex flex-col gap-2 px-4 pb-2 empty:hidden">
      {vm.state === 'unknown' && busy?.operation !== 'vm.create' && <UnknownState vm={vm} />}
      {vm.state === 'crashed' && <Callout tone="danger" title={t('crashed')} />}
      {!vm.isPersistent && vm.state !== 'unknown' && <Callout tone="warn" title={t('transient')} />}
      {!busy && <VmLastFailure vm={vm} />}
      {busy && (
        <Callout
          tone="info"
          title={t('busy', { operation: say({ key: `operations.${busy.operation}` }) })}
          actions={
            <Button size="small" look="quiet" onClick={() => openTask(busy.taskId)}>
              {t('showTask')}
            </Button>
          }
        />
      )}
    </div>
  );
}

function UnknownState({ vm }: { vm: VmView }) {
  const t = useTranslations('vm.warnings');
  const say = useSay();
  const units = useUnits();
  const now = useNow(true);
  if (!vm.lastKnownState || !vm.observedAt) {
    return <Callout tone="warn" title={t('unknownNever', { host: vm.hostName })} />;
  }
  return (
    <Callout
      tone="warn"
      title={t('unknown', {
        host: vm.hostName,
        state: say({ key: `states.${vm.lastKnownState}` }),
        when: units.ago(vm.observedAt, now),
      })}
    />
  );
}
