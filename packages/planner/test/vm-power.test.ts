import { operationNamed, VireoError, VM_STATES, type VmState } from '@vireo/contracts';
import { planOperation } from '@vireo/planner';
import { describe, expect, it } from 'vitest';
import { context, host, hostIdOf, vm, vmId } from './inventory.ts';
import { expectSound } from './sound-plan.ts';

const SIMPLE = [
  { name: 'vm.start', state: 'shutOff', verb: 'start', after: 'running', isRepeatable: true },
  { name: 'vm.stop', state: 'running', verb: 'destroy', after: 'shutOff', isRepeatable: true },
  { name: 'vm.reboot', state: 'running', verb: 'reboot', after: 'running', isRepeatable: false },
  { name: 'vm.reset', state: 'running', verb: 'reset', after: 'running', isRepeatable: false },
  { name: 'vm.suspend', state: 'running', verb: 'suspend', after: 'paused', isRepeatable: true },
  { name: 'vm.resume', state: 'paused', verb: 'resume', after: 'running', isRepeatable: true },
] as const;

const inState = (state: VmState | null) => context({ vm: vm({ state }) });

describe.each(SIMPLE)('$name', ({ name, state, verb, after, isRepeatable }) => {
  const plan = planOperation(name, { id: vmId }, inState(state));

  it('is one command on the VM by its UUID', () => {
    expectSound(plan);
    expect(plan.steps.map((step) => step.action)).toMatchObject([
      { kind: 'command', hostId: hostIdOf(1), command: { argv: ['virsh', verb, vmId], effect: 'write' } },
    ]);
    expect(plan.locks).toEqual([`vm:${vmId}`]);
    expect(plan.onFailure).toBe('stop');
    expect(plan.expected.vms).toEqual([{ vmId, hostId: hostIdOf(1), state: after }]);
  });

  it(isRepeatable ? 'tells by the state if it is done' : 'leaves no trace, so it is never repeated', () => {
    expect(plan.steps[0]?.done !== undefined).toBe(isRepeatable);
    expect(plan.steps[0]?.repeat).toBe(isRepeatable ? undefined : 'never');
  });

  it('is refused in the states that do not allow it', () => {
    const allowed: readonly VmState[] = operationNamed(name).allowedStates ?? [];
    for (const other of VM_STATES) {
      if (allowed.includes(other)) continue;
      expect(() => planOperation(name, { id: vmId }, inState(other))).toThrow(VireoError);
    }
    expect(() => planOperation(name, { id: vmId }, inState(null))).toThrow('vm.stateUnknown');
  });

  it('is refused when the host is not connected', () => {
    const away = context({ vm: vm({ state }), hosts: [host(1, { connection: 'unreachable' })] });
    expect(() => planOperation(name, { id: vmId }, away)).toThrow('host.notConnected');
  });
});

describe('vm.start', () => {
  it('asks the host for its memory', () => {
    const plan = planOperation('vm.start', { id: vmId }, context());
    expect(plan.preconditions.find((one) => one.id === 'host.memory')?.check.expect).toEqual({
      kind: 'atLeast',
      value: 1024,
      unit: 'MiB',
    });
  });

  it('clears a crashed VM away first', () => {
    const plan = planOperation('vm.start', { id: vmId }, inState('crashed'));
    expectSound(plan);
    expect(plan.steps.map((step) => step.id)).toEqual(['vm.clearCrashed', 'vm.start']);
  });
});

describe('vm.shutdown', () => {
  const plan = planOperation('vm.shutdown', { id: vmId, timeoutSeconds: 30 }, inState('running'));

  it('asks, then waits, and names the way out when the guest ignores it', () => {
    expectSound(plan);
    expect(plan.steps.map((step) => step.id)).toEqual(['vm.shutdown', 'vm.waitShutOff']);
    expect(plan.steps[1]?.action).toMatchObject({
      kind: 'waitFor',
      timeoutMs: 30_000,
      error: { key: 'errors.vm.shutdownTimedOut', params: { name: 'web 01', seconds: 30 } },
    });
  });

  it('of a transient VM leaves nothing', () => {
    const transient = context({ vm: vm({ state: 'running', isPersistent: false }) });
    const own = planOperation('vm.shutdown', { id: vmId, timeoutSeconds: 30 }, transient);
    expect(own.expected.vms[0]?.state).toBe('absent');
  });
});
