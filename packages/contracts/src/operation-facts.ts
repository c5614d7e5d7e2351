import type { ObjectKind } from './ids.ts';
import type { Permission } from './permissions.ts';
import type { VmState } from './states.ts';

/** How much a confirm dialog asks: nothing; a click; the object's name typed. */
export type Danger = 'none' | 'disruptive' | 'destructive';

/** What there is to know of an operation apart from its input. No schema, so that every page can carry it. */
export interface OperationFacts {
  object: ObjectKind;
  permission: Permission;
  danger: Danger;
  /** For operations on an existing VM: the observed states in which it may be asked for. */
  allowedStates?: readonly VmState[];
  /** Whether the object's host must be connected to submit it. */
  needsConnection: boolean;
  rest: { method: 'POST' | 'PATCH' | 'DELETE'; path: string };
}

const RUNNING = ['running', 'blocked', 'paused', 'shuttingDown', 'suspended', 'crashed'] as const;

const FACTS = {
  'host.probe': {
    object: 'host',
    permission: 'host.manage',
    danger: 'none',
    needsConnection: false,
    rest: { method: 'POST', path: '/hosts/probe' },
  },
  'host.preflight': {
    object: 'host',
    permission: 'host.manage',
    danger: 'none',
    needsConnection: false,
    rest: { method: 'POST', path: '/hosts/preflight' },
  },
  'host.add': {
    object: 'host',
    permission: 'host.manage',
    danger: 'none',
    needsConnection: false,
    rest: { method: 'POST', path: '/hosts' },
  },
  'host.rename': {
    object: 'host',
    permission: 'host.manage',
    danger: 'none',
    needsConnection: false,
    rest: { method: 'POST', path: '/hosts/{id}/rename' },
  },
  'host.trustKey': {
    object: 'host',
    permission: 'host.manage',
    danger: 'destructive',
    needsConnection: false,
    rest: { method: 'POST', path: '/hosts/{id}/trustKey' },
  },
  'host.remove': {
    object: 'host',
    permission: 'host.manage',
    danger: 'destructive',
    needsConnection: false,
    rest: { method: 'POST', path: '/hosts/{id}/remove' },
  },
  'vm.create': {
    object: 'vm',
    permission: 'vm.create',
    danger: 'none',
    needsConnection: true,
    rest: { method: 'POST', path: '/vms' },
  },
  'vm.start': {
    object: 'vm',
    permission: 'vm.power',
    danger: 'none',
    allowedStates: ['shutOff', 'crashed'],
    needsConnection: true,
    rest: { method: 'POST', path: '/vms/{id}/start' },
  },
  'vm.shutdown': {
    object: 'vm',
    permission: 'vm.power',
    danger: 'disruptive',
    allowedStates: ['running', 'blocked'],
    needsConnection: true,
    rest: { method: 'POST', path: '/vms/{id}/shutdown' },
  },
  'vm.stop': {
    object: 'vm',
    permission: 'vm.power',
    danger: 'disruptive',
    allowedStates: RUNNING,
    needsConnection: true,
    rest: { method: 'POST', path: '/vms/{id}/stop' },
  },
  'vm.reboot': {
    object: 'vm',
    permission: 'vm.power',
    danger: 'disruptive',
    allowedStates: ['running', 'blocked'],
    needsConnection: true,
    rest: { method: 'POST', path: '/vms/{id}/reboot' },
  },
  'vm.reset': {
    object: 'vm',
    permission: 'vm.power',
    danger: 'disruptive',
    allowedStates: ['running', 'blocked', 'paused', 'crashed'],
    needsConnection: true,
    rest: { method: 'POST', path: '/vms/{id}/reset' },
  },
  'vm.suspend': {
    object: 'vm',
    permission: 'vm.power',
    danger: 'disruptive',
    allowedStates: ['running', 'blocked'],
    needsConnection: true,
    rest: { method: 'POST', path: '/vms/{id}/suspend' },
  },
  'vm.resume': {
    object: 'vm',
    permission: 'vm.power',
    danger: 'none',
    allowedStates: ['paused'],
    needsConnection: true,
    rest: { method: 'POST', path: '/vms/{id}/resume' },
  },
  'vm.delete': {
    object: 'vm',
    permission: 'vm.delete',
    danger: 'destructive',
    allowedStates: ['shutOff', 'crashed'],
    needsConnection: true,
    rest: { method: 'POST', path: '/vms/{id}/delete' },
  },
} as const satisfies Record<string, OperationFacts>;

export type OperationName = keyof typeof FACTS;

/** The facts of an operation. */
export function operationFacts(name: OperationName): OperationFacts {
  return FACTS[name];
}
