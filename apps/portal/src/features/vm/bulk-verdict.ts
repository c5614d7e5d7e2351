import type { MessageRef, Role } from '@vireo/contracts';
import { mayDoVm, type VmAction, type VmFacts } from './vm-actions.ts';

export interface BulkVerdict<Vm> {
  will: Vm[];
  /** VMs that are left out, by reason; the largest group first. */
  wont: { reason: MessageRef; vms: Vm[] }[];
}

/** What a bulk action would do to each VM of a selection. */
export function bulkVerdict<Vm extends VmFacts>(
  action: VmAction,
  vms: readonly Vm[],
  role: Role,
): BulkVerdict<Vm> {
  const will: Vm[] = [];
  const groups = new Map<string, { reason: MessageRef; vms: Vm[] }>();
  for (const vm of vms) {
    const verdict = mayDoVm(action, vm, role);
    if (verdict.isAllowed) {
      will.push(vm);
      continue;
    }
    const key = JSON.stringify(verdict.reason);
    const group = groups.get(key) ?? { reason: verdict.reason, vms: [] };
    group.vms.push(vm);
    groups.set(key, group);
  }
  return { will, wont: [...groups.values()].sort((a, b) => b.vms.length - a.vms.length) };
}
