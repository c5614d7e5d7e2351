import { preflightChecks } from './host-preflight-checks.ts';
import { newTarget, requireAddressFree } from './host-reach.ts';
import { connectStep, emptyPlan } from './plan-parts.ts';
import type { Planner } from './types.ts';

/** Signs in and looks whether a machine can be a host. Changes nothing on it. */
export const hostPreflight: Planner<'host.preflight'> = (input, context) => {
  requireAddressFree(input, context);
  const { hostId, target } = newTarget(input, context);
  return {
    ...emptyPlan(
      'host.preflight',
      { kind: 'host', id: hostId, name: input.address },
      { address: input.address, port: input.port },
    ),
    targets: { [hostId]: target },
    preconditions: preflightChecks(hostId, input.user, context),
    steps: [connectStep('host.connect', hostId, input.address)],
  };
};
