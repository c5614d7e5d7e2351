import { DOMAIN_STATE_WORDS, domainState } from '@vireo/commands';
import {
  type Check,
  type CommandSpec,
  type Expectation,
  type HostId,
  type HostRecord,
  lockOf,
  type MessageRef,
  type ObjectKind,
  type OperationName,
  operationNamed,
  type Plan,
  type PlanStep,
  type Precondition,
  VireoError,
  type VmRecord,
  type VmState,
} from '@vireo/contracts';
import type { PlanningContext } from './types.ts';

type Params = NonNullable<MessageRef['params']>;

export function message(key: string, params: Params = {}): MessageRef & { params: Params } {
  return { key, params };
}

/** A Plan that does nothing yet, about one object, which it locks. */
export function emptyPlan(
  operation: OperationName,
  object: { kind: ObjectKind; id: string; name: string },
  titleParams: Params,
): Plan {
  return {
    operation,
    title: message(`plan.${operation}`, titleParams),
    object,
    locks: [lockOf(object.kind, object.id)],
    targets: {},
    preconditions: [],
    steps: [],
    expected: { vms: [], files: [] },
    xml: [],
    placement: [],
    onSubmit: [],
    onDone: [],
    onUndone: [],
    onFailure: 'stop',
  };
}

export function check(hostId: HostId, command: CommandSpec, expect: Expectation): Check {
  return { hostId, command, expect };
}
export const exitsZero: Expectation = { kind: 'exit', codes: [0] };
export function prints(...values: string[]): Expectation {
  return { kind: 'stdoutOneOf', values };
}
export function printsNot(...values: string[]): Expectation {
  return { kind: 'stdoutNoneOf', values };
}

/** A precondition whose words are `checks.<id>` and `remedies.<id>`. */
export function precondition(
  id: string,
  what: Check,
  params: Params = {},
  severity: 'must' | 'should' = 'must',
): Precondition {
  return {
    id,
    label: message(`checks.${id}`, params),
    check: what,
    severity,
    remedy: message(`remedies.${id}`, params),
  };
}

/** A step that runs one command; its words are `steps.<label>`. */
export function commandStep(
  id: string,
  hostId: HostId,
  command: CommandSpec,
  more: {
    label?: ReturnType<typeof message>;
    undo?: CommandSpec[];
    done?: Check;
    repeat?: 'safe' | 'never';
  } = {},
): PlanStep {
  return {
    id,
    label: more.label ?? message(`steps.${id}`),
    action: { kind: 'command', hostId, command },
    undo: (more.undo ?? []).map((undo) => ({ hostId, command: undo })),
    ...(more.done ? { done: more.done } : {}),
    ...(more.repeat ? { repeat: more.repeat } : {}),
  };
}

/** libvirt's words for the states, as `domainState` prints them. */
const WORDS: Partial<Record<VmState, string>> = {
  running: DOMAIN_STATE_WORDS.running,
  blocked: DOMAIN_STATE_WORDS.idle,
  paused: DOMAIN_STATE_WORDS.paused,
  shuttingDown: DOMAIN_STATE_WORDS.inShutdown,
  shutOff: DOMAIN_STATE_WORDS.shutOff,
  crashed: DOMAIN_STATE_WORDS.crashed,
  suspended: DOMAIN_STATE_WORDS.suspended,
};

/** The VM's state on its host is one of these. `absent` holds for a VM that is no longer defined there. */
export function stateIs(vm: Pick<VmRecord, 'id' | 'hostId'>, ...states: (VmState | 'absent')[]): Check {
  const words = states.map((state) => (state === 'absent' ? DOMAIN_STATE_WORDS.absent : WORDS[state]));
  return check(vm.hostId, domainState(vm.id), prints(...words.filter((word) => word !== undefined)));
}

/** @throws VireoError `notFound` */
export function requiredVm(context: PlanningContext): { vm: VmRecord; host: HostRecord } {
  const { vm } = context;
  const host = vm && context.hosts.find((one) => one.id === vm.hostId);
  if (!vm || !host) throw new VireoError('notFound');
  return { vm, host };
}

/** @throws VireoError `notFound` */
export function requiredHost(context: PlanningContext, id: HostId): HostRecord {
  const host = context.hosts.find((one) => one.id === id);
  if (!host) throw new VireoError('notFound');
  return host;
}

/** What a destructive operation asks for: the object's name, typed. @throws VireoError `object.confirmNameMismatch` */
export function requireNameTyped(typed: string, { name }: { name: string }): void {
  if (typed !== name) throw new VireoError('object.confirmNameMismatch', { name });
}

/** A step that signs in to a host, with the key and credential that the Plan's `targets` name for it. */
export function connectStep(id: string, hostId: HostId, address: string): PlanStep {
  return { id, label: message(`steps.${id}`, { address }), action: { kind: 'connect', hostId }, undo: [] };
}

/** @throws VireoError when the VM's host is not connected or its known state does not allow the operation */
export function requireDoable(operation: OperationName, vm: VmRecord, host: HostRecord): void {
  if (host.connection !== 'connected')
    throw new VireoError('host.notConnected', { name: host.name, connection: host.connection });
  if (vm.state === null || vm.state === 'unknown') throw new VireoError('vm.stateUnknown', { name: vm.name });
  const allowed: readonly VmState[] | undefined = operationNamed(operation).allowedStates;
  if (allowed && !allowed.includes(vm.state))
    throw new VireoError('vm.stateNotAllowed', { name: vm.name, state: vm.state });
}
