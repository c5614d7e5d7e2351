import {
  type CommandSpec,
  type OperationName,
  operationNamed,
  type Plan,
  type VmRecord,
  type VmState,
} from '@vireo/contracts';
import { commandStep, emptyPlan, precondition, requireDoable, requiredVm, stateIs } from './plan-parts.ts';
import type { PlanningContext } from './types.ts';

interface PowerAct {
  operation: OperationName;
  command: (id: VmRecord['id']) => CommandSpec;
  /** States that show that the act has had its effect. Absent: it leaves no trace, so it is never repeated blindly. */
  doneIn?: readonly (VmState | 'absent')[];
  intended: 'running' | 'paused' | 'shutOff';
  expected: VmState;
}

/** Plan of one power command on one VM: nothing is taken back when it fails, the VM is where it was. */
export function powerPlan(context: PlanningContext, act: PowerAct): Plan {
  const { vm, host } = requiredVm(context);
  requireDoable(act.operation, vm, host);
  const allowed: readonly VmState[] = operationNamed(act.operation).allowedStates ?? [];
  return {
    ...emptyPlan(act.operation, { kind: 'vm', id: vm.id, name: vm.name }, { name: vm.name, host: host.name }),
    preconditions: [precondition('vm.state', stateIs(vm, ...allowed))],
    steps: [
      commandStep(
        act.operation,
        vm.hostId,
        act.command(vm.id),
        act.doneIn ? { done: stateIs(vm, ...act.doneIn) } : { repeat: 'never' },
      ),
    ],
    expected: {
      // A transient VM that is off is no more.
      vms: [
        {
          vmId: vm.id,
          hostId: vm.hostId,
          state: act.expected === 'shutOff' && !vm.isPersistent ? 'absent' : act.expected,
        },
      ],
      files: [],
    },
    onSubmit: [{ kind: 'vm.intendPower', vmId: vm.id, power: act.intended }],
  };
}
