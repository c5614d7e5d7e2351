import { emptyPlan, message } from './plan-parts.ts';
import type { Planner } from './types.ts';

/** Reads the key that an address presents, without signing in, for a person to confirm. Nothing is sent. */
export const hostProbe: Planner<'host.probe'> = (input, context) => ({
  ...emptyPlan('host.probe', { kind: 'host', id: context.newId(), name: input.address }, { ...input }),
  steps: [
    {
      id: 'host.probe',
      label: message('steps.host.probe', { ...input }),
      action: { kind: 'probeHostKey', address: input.address, port: input.port },
      undo: [],
    },
  ],
});
