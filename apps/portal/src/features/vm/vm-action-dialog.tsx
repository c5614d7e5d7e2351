'use client';

import { useQuery } from '@tanstack/react-query';
import { operationFacts } from '@vireo/contracts';
import { Checkbox } from '@vireo/ui/field';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { useTRPC } from '@/data/trpc.tsx';
import { useSay } from '@/i18n/use-say.ts';
import { ConfirmDialog } from '../operation/confirm-dialog.tsx';
import { useSubmitOperation } from '../operation/use-submit-operation.ts';
import { PlanQueryView } from '../plan/plan-preview.tsx';
import { usePlan } from '../plan/use-plan.ts';
import type { ActionVm } from './use-vm-actions.tsx';
import { ACTION_WORDS, type VmAction } from './vm-actions.ts';
import { vmRequest } from './vm-request.ts';

/** Says what an action means for this VM, shows the Plan, and asks as much as its danger demands. */
export function VmActionDialog({
  action,
  vm,
  onClose,
}: {
  action: VmAction;
  vm: ActionVm;
  onClose: () => void;
}) {
  const t = useTranslations('vm.action');
  const say = useSay();
  const { submit, isSubmitting } = useSubmitOperation();
  const [deleteDisks, setDeleteDisks] = useState(true);
  const { danger } = operationFacts(action);
  const word = say({ key: `operations.${action}` });
  const plan = usePlan(
    useMemo(
      () => vmRequest(action, { id: vm.id, name: vm.name }, { confirmName: vm.name, deleteDisks }),
      [action, vm.id, vm.name, deleteDisks],
    ),
  );
  const confirm = async (confirmName: string) => {
    const result = await submit(vmRequest(action, vm, { confirmName, deleteDisks }), {
      objectName: vm.name,
      // Power actions are soon over and the page itself tells of them; the drawer would cover its buttons.
      opensDrawer: danger === 'destructive',
    });
    if (result.isOk) onClose();
  };
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      size="medium"
      danger={danger}
      objectName={vm.name}
      title={t(danger === 'none' ? 'previewTitle' : 'confirmTitle', { operation: word, name: vm.name })}
      description={t(`explain.${ACTION_WORDS[action]}`, { host: vm.hostName })}
      confirmLabel={word}
      isBusy={isSubmitting}
      isBlocked={plan.failure !== null}
      onConfirm={(typed) => void confirm(typed)}
      details={
        <section className="flex flex-col gap-2 rounded-md border border-line p-3">
          <h3 className="text-xs font-medium text-muted">{t('preview')}</h3>
          <PlanQueryView query={plan} hostNames={{ [vm.hostId]: vm.hostName }} />
        </section>
      }
    >
      {action === 'vm.delete' && (
        <DiskChoice vm={vm} isDeletingDisks={deleteDisks} onChange={setDeleteDisks} />
      )}
    </ConfirmDialog>
  );
}

function DiskChoice({
  vm,
  isDeletingDisks,
  onChange,
}: {
  vm: ActionVm;
  isDeletingDisks: boolean;
  onChange: (isDeletingDisks: boolean) => void;
}) {
  const t = useTranslations('vm.action');
  const trpc = useTRPC();
  const { data } = useQuery(trpc.vm.get.queryOptions({ id: vm.id }));
  const disks = data?.hardware.disks.filter((disk) => disk.device === 'disk' && disk.path) ?? [];
  return (
    <div className="flex flex-col gap-1">
      <Checkbox
        label={t('deleteDisks')}
        checked={isDeletingDisks}
        onChange={(event) => onChange(event.target.checked)}
      />
      <div className="pl-6 text-xs text-muted">
        <p>{t(isDeletingDisks ? 'deleteDisksHint' : 'keepDisksHint', { count: disks.length })}</p>
        <ul>
          {disks.map((disk) => (
            <li key={disk.target} className="font-mono break-all text-ink">
              {disk.path}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
