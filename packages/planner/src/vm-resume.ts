import { domainResume } from '@vireo/commands';
import type { Planner } from './types.ts';
import { powerPlan } from './vm-power.ts';

/** Lets a suspended VM go on. */
export const vmResume: Planner<'vm.resume'> = (_input, context) =>
  powerPlan(context, {
    operation: 'vm.resume',
    command: domainResume,
    doneIn: ['running', 'blocked'],
    intended: 'running',
    expected: 'running',
  });
