import { domainShutdown } from '@vireo/commands';
import { message, requiredVm, stateIs } from './plan-parts.ts';
import type { Planner } from './types.ts';
import { powerPlan } from './vm-power.ts';

/**
 * Asks the guest to shut down and waits until it has. A guest may ignore it: then the task fails with
 * `errors.vm.shutdownTimedOut`, for which the portal offers a force stop. Asking twice does no harm.
 */
export const vmShutdown: Planner<'vm.shutdown'> = (input, context) => {
  const plan = powerPlan(context, {
    operation: 'vm.shutdown',
    command: domainShutdown,
    doneIn: ['shuttingDown', 'shutOff', 'absent'],
    intended: 'shutOff',
    expected: 'shutOff',
  });
  const { vm } = requiredVm(context);
  plan.steps.push({
    id: 'vm.waitShutOff',
    label: message('steps.vm.waitShutOff', { seconds: input.timeoutSeconds }),
    action: {
      kind: 'waitFor',
      check: stateIs(vm, 'shutOff', 'absent'),
      everyMs: 500,
      timeoutMs: input.timeoutSeconds * 1000,
      error: message('errors.vm.shutdownTimedOut', { name: vm.name, seconds: input.timeoutSeconds }),
    },
    undo: [],
  });
  return plan;
};
