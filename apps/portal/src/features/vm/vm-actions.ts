import {
  type MayDo,
  mayDoNow,
  type OperationName,
  operationFacts,
  type Role,
  type VmRow,
} from '@vireo/contracts';

/** Operations on a VM in the order of its menus. */
export const VM_ACTIONS = [
  'vm.start',
  'vm.shutdown',
  'vm.reboot',
  'vm.suspend',
  'vm.resume',
  'vm.stop',
  'vm.reset',
  'vm.delete',
] as const satisfies readonly OperationName[];
export type VmAction = (typeof VM_ACTIONS)[number];

/** The verb of each: the part of message keys that names it. */
export const ACTION_WORDS = {
  'vm.start': 'start',
  'vm.shutdown': 'shutdown',
  'vm.reboot': 'reboot',
  'vm.suspend': 'suspend',
  'vm.resume': 'resume',
  'vm.stop': 'stop',
  'vm.reset': 'reset',
  'vm.delete': 'delete',
} as const satisfies Record<VmAction, string>;

/** Those that can be done to a selection of VMs. Deleting asks for a name each, so it is not among them. */
export type BulkAction = Exclude<VmAction, 'vm.delete'>;
export const BULK_ACTIONS: readonly BulkAction[] = VM_ACTIONS.filter((action) => action !== 'vm.delete');

export type VmFacts = Pick<VmRow, 'state' | 'hostConnection' | 'busy'>;

/** Whether the action is possible now, by the one rule of contracts. */
export function mayDoVm(action: VmAction, vm: VmFacts, role: Role): MayDo {
  return mayDoNow(operationFacts(action), {
    role,
    connection: vm.hostConnection,
    state: vm.state,
    busy: vm.busy,
  });
}
