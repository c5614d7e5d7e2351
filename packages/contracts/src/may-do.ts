import type { MessageRef } from './message.ts';
import type { OperationFacts } from './operation-facts.ts';
import type { Role } from './permissions.ts';
import { roleHas } from './rights.ts';
import type { HostConnection, VmState } from './states.ts';

/** What the rule needs to know of the object. Hosts leave `state` out. */
export interface MayDoFacts {
  role: Role;
  connection: HostConnection;
  state?: VmState;
  busy: { operation: string } | null;
}

export type MayDo = { isAllowed: true } | { isAllowed: false; reason: MessageRef };

const refuse = (key: string, params: Record<string, string | number> = {}): MayDo => ({
  isAllowed: false,
  reason: { key, params },
});

/**
 * The one "may do now" rule: used by the portal to enable an action (and say why not), and by the API before it plans.
 * State words and operation names go into the reason as message keys' own parameters (`{state}` is the state's code).
 */
export function mayDoNow(operation: OperationFacts, facts: MayDoFacts): MayDo {
  if (!roleHas(facts.role, operation.permission))
    return refuse('mayNot.role', { permission: operation.permission });
  if (facts.busy) return refuse('mayNot.busy', { operation: facts.busy.operation });
  if (operation.needsConnection && facts.connection !== 'connected')
    return refuse('mayNot.connection', { connection: facts.connection });
  if (
    operation.allowedStates &&
    facts.state !== undefined &&
    !operation.allowedStates.includes(facts.state)
  ) {
    return refuse('mayNot.state', { state: facts.state });
  }
  return { isAllowed: true };
}
