import { HostId } from '@vireo/contracts';
import { connectStep, emptyPlan, requiredHost, requireNameTyped } from './plan-parts.ts';
import type { Planner } from './types.ts';

/**
 * Pins a new host key, after a sign-in that proved that the host presents it and takes our credential. The credential
 * goes to whoever holds the new key: that is why the host's name must be typed.
 */
export const hostTrustKey: Planner<'host.trustKey'> = (input, context) => {
  const host = requiredHost(context, input.id);
  requireNameTyped(input.confirmName, host);
  const triedAs = HostId.parse(context.newId());
  return {
    ...emptyPlan('host.trustKey', { kind: 'host', id: host.id, name: host.name }, { name: host.name }),
    targets: { [triedAs]: { ...host.target, hostKey: input.hostKey } },
    steps: [connectStep('host.connect', triedAs, host.target.address)],
    onDone: [{ kind: 'host.trustKey', hostId: host.id, hostKey: input.hostKey }],
  };
};
