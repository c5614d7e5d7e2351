import { domainDestroy } from '@vireo/commands';
import type { Planner } from './types.ts';
import { powerPlan } from './vm-power.ts';

/** Pulls the plug. */
export const vmStop: Planner<'vm.stop'> = (_input, context) =>
  powerPlan(context, {
    operation: 'vm.stop',
    command: domainDestroy,
    doneIn: ['shutOff', 'absent'],
    intended: 'shutOff',
    expected: 'shutOff',
  });
