import { domainReboot } from '@vireo/commands';
import type { Planner } from './types.ts';
import { powerPlan } from './vm-power.ts';

/** Asks the guest to reboot. Leaves no trace that a host could be asked for: never repeated on its own. */
export const vmReboot: Planner<'vm.reboot'> = (_input, context) =>
  powerPlan(context, {
    operation: 'vm.reboot',
    command: domainReboot,
    intended: 'running',
    expected: 'running',
  });
