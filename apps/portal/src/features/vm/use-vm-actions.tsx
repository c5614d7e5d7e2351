'use client';

import { operationFacts, type VmRow } from '@vireo/contracts';
import type { MenuItem } from '@vireo/ui/menu';
import dynamic from 'next/dynamic';
import { type ReactNode, useState } from 'react';
import { useSession } from '@/data/session.tsx';
import { useSay } from '@/i18n/use-say.ts';
import { useSubmitOperation } from '../operation/use-submit-operation.ts';
import { VM_ACTION_ICONS } from './vm-action-icon.tsx';
import { mayDoVm, VM_ACTIONS, type VmAction } from './vm-actions.ts';
import { vmRequest } from './vm-request.ts';

const VmActionDialog = dynamic(
  () => import('./vm-action-dialog.tsx').then((module) => module.VmActionDialog),
  { ssr: false },
);

export type ActionVm = Pick<
  VmRow,
  'id' | 'name' | 'state' | 'hostId' | 'hostName' | 'hostConnection' | 'busy'
>;

export interface VmActions {
  /** Why the action can't be done to this VM now; null: it can. */
  reasonAgainst(action: VmAction, vm: ActionVm): string | null;
  /** Does it at once when it is harmless, else asks first. */
  run(action: VmAction, vm: ActionVm): void;
  /** Shows what would happen, with a button to do it. */
  preview(action: VmAction, vm: ActionVm): void;
  menuItems(vm: ActionVm, actions?: readonly VmAction[]): MenuItem[];
  /** Put this on the page once. */
  dialog: ReactNode;
}

/** All that can be done to VMs from a page: which actions are possible, and the dialog that asks. */
export function useVmActions(): VmActions {
  const say = useSay();
  const { user } = useSession();
  const { submit } = useSubmitOperation();
  const [asked, setAsked] = useState<{ action: VmAction; vm: ActionVm } | null>(null);

  const reasonAgainst = (action: VmAction, vm: ActionVm) => {
    const verdict = mayDoVm(action, vm, user.role);
    return verdict.isAllowed ? null : say(verdict.reason);
  };
  const preview = (action: VmAction, vm: ActionVm) => setAsked({ action, vm });
  const run = (action: VmAction, vm: ActionVm) => {
    if (operationFacts(action).danger === 'none') {
      void submit(vmRequest(action, vm), { objectName: vm.name, opensDrawer: false });
    } else preview(action, vm);
  };
  return {
    reasonAgainst,
    run,
    preview,
    menuItems: (vm, actions = VM_ACTIONS) =>
      actions.map((action) => ({
        id: action,
        label: say({ key: `operations.${action}` }),
        icon: VM_ACTION_ICONS[action],
        disabledReason: reasonAgainst(action, vm),
        isDanger: operationFacts(action).danger === 'destructive',
        isSeparated: action === 'vm.stop' || action === 'vm.delete',
        onSelect: () => run(action, vm),
      })),
    dialog: asked && (
      <VmActionDialog
        key={`${asked.action} ${asked.vm.id}`}
        action={asked.action}
        vm={asked.vm}
        onClose={() => setAsked(null)}
      />
    ),
  };
}
