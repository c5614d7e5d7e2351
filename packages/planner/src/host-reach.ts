import { HostId, type HostTarget, VireoError } from '@vireo/contracts';
import type { PlanningContext } from './types.ts';

interface Reach {
  address: string;
  port: number;
  user: string;
  secretId: HostTarget['secretId'];
  hostKey: string;
}

/** How to reach a machine that the inventory doesn't hold, under an id that is chosen for it now. */
export function newTarget(input: Reach, context: PlanningContext): { hostId: HostId; target: HostTarget } {
  const { address, port, user, secretId, hostKey } = input;
  return { hostId: HostId.parse(context.newId()), target: { address, port, user, hostKey, secretId } };
}

/** @throws VireoError `host.addressTaken` */
export function requireAddressFree(input: Pick<Reach, 'address' | 'port'>, context: PlanningContext): void {
  const taken = context.hosts.find(
    (host) => host.target.address === input.address && host.target.port === input.port,
  );
  if (taken) throw new VireoError('host.addressTaken', { name: taken.name });
}

/** @throws VireoError `host.nameTaken` */
export function requireNameFree(name: string, context: PlanningContext, exceptId?: HostId): void {
  if (context.hosts.some((host) => host.name === name && host.id !== exceptId))
    throw new VireoError('host.nameTaken', { name });
}
