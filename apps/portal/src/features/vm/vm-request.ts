import type { OperationRequest } from '../operation/use-submit-operation.ts';
import type { VmAction } from './vm-actions.ts';

/** What to submit for a simple action on a VM. Deleting is planned as if it was confirmed; submitting it needs the typed name. */
export function vmRequest(
  action: VmAction,
  vm: { id: string; name: string },
  deletion: { confirmName: string; deleteDisks: boolean } = { confirmName: vm.name, deleteDisks: false },
): OperationRequest {
  if (action === 'vm.delete') return { operation: action, input: { id: vm.id, ...deletion } };
  return { operation: action, input: { id: vm.id } };
}
