import type { InventoryChange } from '@vireo/contracts';
import { emptyPlan, requiredHost, requireNameTyped } from './plan-parts.ts';
import type { Planner } from './types.ts';

/** Forgets a host. Nothing happens on it: its VMs run on, and the console's key stays in its `authorized_keys`. */
export const hostRemove: Planner<'host.remove'> = (input, context) => {
  const host = requiredHost(context, input.id);
  requireNameTyped(input.confirmName, host);
  const { secretId } = host.target;
  const isOwnSecret = secretId !== context.consoleKey.secretId;
  const forget: InventoryChange[] = isOwnSecret ? [{ kind: 'secret.remove', secretId }] : [];
  return {
    ...emptyPlan('host.remove', { kind: 'host', id: host.id, name: host.name }, { name: host.name }),
    onDone: [{ kind: 'host.remove', hostId: host.id }, ...forget],
  };
};
