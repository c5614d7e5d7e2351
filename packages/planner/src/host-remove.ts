import { type InventoryChange, VireoError } from '@vireo/contracts';
import { emptyPlan, requiredHost } from './plan-parts.ts';
import type { Planner } from './types.ts';

/** Forgets a host. Nothing happens on it: its VMs run on, and the console's key stays in its `authorized_keys`. */
export const hostRemove: Planner<'host.remove'> = (input, context) => {
  const host = requiredHost(context, input.id);
  if (input.confirmName !== host.name) throw new VireoError('vm.confirmNameMismatch', { name: host.name });
  const { secretId } = host.target;
  const isOwnSecret = secretId !== context.consoleKey.secretId;
  const forget: InventoryChange[] = isOwnSecret ? [{ kind: 'secret.remove', secretId }] : [];
  return {
    ...emptyPlan('host.remove', { kind: 'host', id: host.id, name: host.name }, { name: host.name }),
    onDone: [{ kind: 'host.remove', hostId: host.id }, ...forget],
  };
};
