import {
  type HostRecord,
  type MayDo,
  mayDoNow,
  type OperationDeclaration,
  type Role,
  VireoError,
  type VmRecord,
} from '@vireo/contracts';

/** The "may do now" rule with the facts of the moment, as an error. @throws VireoError that says why not. */
export function refuseUnlessMayDo(
  operation: OperationDeclaration,
  facts: { role: Role; host: HostRecord | null; vm: VmRecord | null; busyWith: string | null },
): void {
  const { role, host, vm, busyWith } = facts;
  if (vm && operation.allowedStates && vm.state === null && host?.connection === 'connected')
    throw new VireoError('vm.stateUnknown', { name: vm.name });
  const verdict = mayDoNow(operation, {
    role,
    // Without a certain host (placement, probe) it is the planner that looks for a connected one.
    connection: host?.connection ?? 'connected',
    ...(vm?.state ? { state: vm.state } : {}),
    busy: busyWith === null ? null : { operation: busyWith },
  });
  if (!verdict.isAllowed) throw errorOf(verdict, operation, host);
}

function errorOf(
  refusal: Extract<MayDo, { isAllowed: false }>,
  operation: OperationDeclaration,
  host: HostRecord | null,
): VireoError {
  const params = { ...refusal.reason.params };
  if (refusal.reason.key === 'mayNot.role') return new VireoError('auth.forbidden', params);
  if (refusal.reason.key === 'mayNot.busy')
    return new VireoError(operation.object === 'vm' ? 'vm.busy' : 'object.busy', params);
  if (refusal.reason.key === 'mayNot.connection')
    return new VireoError('host.notConnected', { ...params, name: host?.name ?? '' });
  return new VireoError('vm.stateNotAllowed', params);
}
