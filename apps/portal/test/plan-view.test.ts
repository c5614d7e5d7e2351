import { Plan } from '@vireo/contracts';
import { describe, expect, it } from 'vitest';
import { chosenHostId, planView } from '../src/features/plan/plan-view.ts';

const HOST_A = '11111111-1111-4111-8111-111111111111';
const HOST_B = '22222222-2222-4222-8222-222222222222';
const VM = '33333333-3333-4333-8333-333333333333';

const plan = Plan.parse({
  operation: 'vm.create',
  title: { key: 'plans.vm.create.title' },
  object: { kind: 'vm', id: VM, name: 'web' },
  locks: [`vm:${VM}`],
  targets: {},
  preconditions: [
    {
      id: 'free',
      label: { key: 'checks.free' },
      severity: 'must',
      remedy: { key: 'remedies.free' },
      check: {
        hostId: HOST_B,
        command: { argv: ['df', '/srv/a b'], timeoutMs: 1000, effect: 'read' },
        expect: { kind: 'exit', codes: [0] },
      },
    },
  ],
  steps: [
    {
      id: 'define',
      label: { key: 'steps.define' },
      action: {
        kind: 'command',
        hostId: HOST_B,
        command: {
          argv: ['virsh', 'define', '/dev/stdin'],
          stdin: '<domain/>\n',
          timeoutMs: 30_000,
          effect: 'write',
        },
      },
      undo: [
        { hostId: HOST_B, command: { argv: ['virsh', 'undefine', VM], timeoutMs: 1000, effect: 'write' } },
      ],
    },
  ],
  expected: {
    vms: [{ vmId: VM, state: 'shutOff', hostId: HOST_B }],
    files: [{ hostId: HOST_B, path: '/srv/x.qcow2', exists: true }],
  },
  xml: [{ vmId: VM, vmName: 'web', before: null, after: '<domain/>\n' }],
  placement: [
    { hostId: HOST_A, hostName: 'cna01', isAdmitted: false, reasons: [{ key: 'placement.memory' }] },
    { hostId: HOST_B, hostName: 'cna02', isAdmitted: true, score: 0.8, reasons: [] },
  ],
  onSubmit: [
    {
      kind: 'vm.insert',
      vmId: VM,
      hostId: HOST_B,
      name: 'web',
      description: '',
      hardware: {
        vcpus: 1,
        maxVcpus: 1,
        memoryMiB: 512,
        maxMemoryMiB: 512,
        firmware: 'bios',
        machine: 'q35',
        cpuModel: 'max',
        accelerator: 'qemu',
        disks: [],
        nics: [],
        graphics: { kind: 'none' },
        hasGuestAgentChannel: true,
      },
    },
  ],
  onDone: [],
  onUndone: [],
  onFailure: 'unwind',
});

describe('a Plan as shown', () => {
  const view = planView(plan);

  it('names hosts and writes commands as a shell would read them', () => {
    expect(view.checks[0]?.command).toEqual({ hostName: 'cna02', text: "df '/srv/a b'" });
    expect(view.steps[0]?.command?.text).toBe("virsh define /dev/stdin <<'STDIN'\n<domain/>\nSTDIN");
    expect(view.steps[0]?.undo[0]?.text).toBe(`virsh undefine ${VM}`);
    expect(view.steps[0]?.timeoutSeconds).toBe(30);
  });

  it('puts the chosen host first', () => {
    expect(chosenHostId(plan)).toBe(HOST_B);
    expect(view.placement.map(({ hostName, isChosen }) => [hostName, isChosen])).toEqual([
      ['cna02', true],
      ['cna01', false],
    ]);
  });

  it('says what is there afterwards', () => {
    expect(view.expectedVms).toEqual([{ vmId: VM, state: 'shutOff', hostName: 'cna02' }]);
    expect(view.expectedFiles).toEqual([{ hostName: 'cna02', path: '/srv/x.qcow2', exists: true }]);
    expect(view.xml[0]?.kind).toBe('created');
  });

  it('falls back to the id of a host that nobody names', () => {
    expect(planView({ ...plan, placement: [] }).checks[0]?.command.hostName).toBe(HOST_B);
  });
});
