import { authorizedKeyAdd, authorizedKeyRemove } from '@vireo/commands';
import { HostId, type HostTarget, type InventoryChange, lockOf, type Plan } from '@vireo/contracts';
import { preflightChecks } from './host-preflight-checks.ts';
import { newTarget, requireAddressFree, requireNameFree } from './host-reach.ts';
import { commandStep, connectStep, emptyPlan, message } from './plan-parts.ts';
import type { Planner } from './types.ts';

/**
 * Takes a machine into the inventory. With a private key, that key is kept. With a password, the console's own public key
 * is installed, tried, and kept instead; the password is forgotten, however it ends.
 */
export const hostAdd: Planner<'host.add'> = (input, context) => {
  requireNameFree(input.name, context);
  requireAddressFree(input, context);
  const { hostId, target } = newTarget(input, context);
  const { address, user } = input;
  const forget: InventoryChange[] = [{ kind: 'secret.remove', secretId: input.secretId }];
  const insert = (kept: HostTarget): InventoryChange => ({
    kind: 'host.insert',
    hostId,
    name: input.name,
    target: kept,
  });
  const plan: Plan = {
    ...emptyPlan('host.add', { kind: 'host', id: hostId, name: input.name }, { name: input.name, address }),
    targets: { [hostId]: target },
    preconditions: preflightChecks(hostId, user, context),
    steps: [connectStep('host.connect', hostId, address)],
    onDone: [insert(target)],
    onUndone: forget,
    onFailure: 'unwind',
  };
  // Two additions of one address at once: the second waits for the first to end.
  plan.locks.push(lockOf('host', `${address}:${input.port}`));
  if (context.credentialKind !== 'password') return plan;

  const kept: HostTarget = { ...target, secretId: context.consoleKey.secretId };
  const triedAs = HostId.parse(context.newId());
  const { publicKey } = context.consoleKey;
  plan.targets[triedAs] = kept;
  plan.steps.push(
    commandStep('host.installKey', hostId, authorizedKeyAdd(user, publicKey), {
      label: message('steps.host.installKey', { user }),
      undo: [authorizedKeyRemove(user, publicKey)],
    }),
    connectStep('host.connectWithKey', triedAs, address),
  );
  plan.onDone = [insert(kept), ...forget];
  return plan;
};
