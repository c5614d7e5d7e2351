import { domainReset } from '@vireo/commands';
import type { Planner } from './types.ts';
import { powerPlan } from './vm-power.ts';

/** Presses the reset button. Twice is not once, and no trace is left: never repeated on its own. */
export const vmReset: Planner<'vm.reset'> = (_input, context) =>
  powerPlan(context, {
    operation: 'vm.reset',
    command: domainReset,
    intended: 'running',
    expected: 'running',
  });
