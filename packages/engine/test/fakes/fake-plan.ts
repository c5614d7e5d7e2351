import { type Check, type CommandSpec, HostId, type Plan, type PlanStep, VmId } from '@vireo/contracts';

export const HOST = HostId.parse('00000000-0000-4000-8000-000000000001');
export const VM = VmId.parse('00000000-0000-4000-8000-0000000000aa');
const label = { key: 'x', params: {} };

export function command(line: string, more: Partial<CommandSpec> = {}): CommandSpec {
  return {
    argv: line.split(' '),
    timeoutMs: 1000,
    effect: line.startsWith('is') ? 'read' : 'write',
    ...more,
  };
}

export function is(word: string, answer: 'yes' | 'no'): Check {
  return { hostId: HOST, command: command(`is ${word}`), expect: { kind: 'stdoutOneOf', values: [answer] } };
}

export function step(id: string, more: Partial<PlanStep> = {}): PlanStep {
  return {
    id,
    label,
    action: { kind: 'command', hostId: HOST, command: command(`do ${id}`) },
    undo: [{ hostId: HOST, command: command(`undo ${id}`) }],
    done: is(id, 'yes'),
    ...more,
  };
}

export const STEPS = ['one', 'two', 'three', 'four'] as const;

export function plan(more: Partial<Plan> = {}): Plan {
  return {
    operation: 'vm.create',
    title: label,
    object: { kind: 'vm', id: VM, name: 'vm' },
    locks: [],
    targets: {},
    preconditions: [],
    steps: STEPS.map((id) => step(id)),
    expected: { vms: [], files: [] },
    xml: [],
    placement: [],
    onSubmit: [],
    onDone: [{ kind: 'vm.intendPower', vmId: VM, power: 'running' }],
    onUndone: [{ kind: 'vm.remove', vmId: VM }],
    onFailure: 'unwind',
    ...more,
  };
}
