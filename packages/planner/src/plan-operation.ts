import type { OperationInput, OperationName, Plan } from '@vireo/contracts';
import { hostAdd } from './host-add.ts';
import { hostPreflight } from './host-preflight.ts';
import { hostProbe } from './host-probe.ts';
import { hostRemove } from './host-remove.ts';
import { hostRename } from './host-rename.ts';
import { hostTrustKey } from './host-trust-key.ts';
import type { Planner, Planners, PlanningContext } from './types.ts';
import { vmCreate } from './vm-create.ts';
import { vmDelete } from './vm-delete.ts';
import { vmReboot } from './vm-reboot.ts';
import { vmReset } from './vm-reset.ts';
import { vmResume } from './vm-resume.ts';
import { vmShutdown } from './vm-shutdown.ts';
import { vmStart } from './vm-start.ts';
import { vmStop } from './vm-stop.ts';
import { vmSuspend } from './vm-suspend.ts';

/** One planner per declared operation. */
export const planners: Planners = {
  'host.probe': hostProbe,
  'host.preflight': hostPreflight,
  'host.add': hostAdd,
  'host.rename': hostRename,
  'host.trustKey': hostTrustKey,
  'host.remove': hostRemove,
  'vm.create': vmCreate,
  'vm.start': vmStart,
  'vm.shutdown': vmShutdown,
  'vm.stop': vmStop,
  'vm.reboot': vmReboot,
  'vm.reset': vmReset,
  'vm.suspend': vmSuspend,
  'vm.resume': vmResume,
  'vm.delete': vmDelete,
};

/**
 * Computes the Plan of an operation. Pure: the same input and context give the same Plan.
 * @throws VireoError with the numbers when the operation can't be done
 */
export function planOperation<Name extends OperationName>(
  name: Name,
  input: OperationInput<Name>,
  context: PlanningContext,
): Plan {
  const planner: Planner<Name> = planners[name];
  return planner(input, context);
}
