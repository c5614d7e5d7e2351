import { requireNameFree } from './host-reach.ts';
import { emptyPlan, requiredHost } from './plan-parts.ts';
import type { Planner } from './types.ts';

/** Gives a host another display name. Nothing happens on the host. */
export const hostRename: Planner<'host.rename'> = (input, context) => {
  const host = requiredHost(context, input.id);
  requireNameFree(input.name, context, host.id);
  return {
    ...emptyPlan(
      'host.rename',
      { kind: 'host', id: host.id, name: host.name },
      { name: host.name, newName: input.name },
    ),
    onDone: [{ kind: 'host.rename', hostId: host.id, name: input.name }],
  };
};
