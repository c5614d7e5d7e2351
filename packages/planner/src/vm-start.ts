import { domainDestroyIfActive, domainStart, memoryAvailableMiB } from '@vireo/commands';
import { check, commandStep, precondition, requiredVm, stateIs } from './plan-parts.ts';
import type { Planner } from './types.ts';
import { powerPlan } from './vm-power.ts';

/** Starts a VM that is off. One that crashed and was kept for a look is cleared away first. */
export const vmStart: Planner<'vm.start'> = (_input, context) => {
  const plan = powerPlan(context, {
    operation: 'vm.start',
    command: domainStart,
    doneIn: ['running', 'blocked', 'paused'],
    intended: 'running',
    expected: 'running',
  });
  const { vm } = requiredVm(context);
  const needed = vm.hardware.memoryMiB;
  plan.preconditions.push(
    precondition(
      'host.memory',
      check(vm.hostId, memoryAvailableMiB(), { kind: 'atLeast', value: needed, unit: 'MiB' }),
      { needed },
    ),
  );
  if (vm.state === 'crashed')
    plan.steps.unshift(
      commandStep('vm.clearCrashed', vm.hostId, domainDestroyIfActive(vm.id), {
        done: stateIs(vm, 'shutOff', 'running', 'blocked', 'paused'),
      }),
    );
  return plan;
};
