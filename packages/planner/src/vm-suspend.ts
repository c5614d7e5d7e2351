import { domainSuspend } from '@vireo/commands';
import type { Planner } from './types.ts';
import { powerPlan } from './vm-power.ts';

/** Stops the VM's CPUs; its memory stays on the host. */
export const vmSuspend: Planner<'vm.suspend'> = (_input, context) =>
  powerPlan(context, {
    operation: 'vm.suspend',
    command: domainSuspend,
    doneIn: ['paused'],
    intended: 'paused',
    expected: 'paused',
  });
