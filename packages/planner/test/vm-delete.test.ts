import { scriptCall } from '@vireo/commands';
import { VireoError } from '@vireo/contracts';
import { planOperation } from '@vireo/planner';
import { describe, expect, it } from 'vitest';
import { context, datastore, hardware, hostIdOf, vm, vmId } from './inventory.ts';
import { expectSound } from './sound-plan.ts';

const plan = (change: { confirmName?: string; deleteDisks?: boolean } = {}, own = context()) =>
  planOperation('vm.delete', { id: vmId, confirmName: 'web 01', deleteDisks: true, ...change }, own);
const withPath = (path: string) =>
  context({
    vm: vm({
      hardware: {
        ...hardware,
        disks: hardware.disks.map((disk, index) => (index === 0 ? { ...disk, path } : disk)),
      },
    }),
  });
const own = hardware.disks[0]?.path;

describe('vm.delete', () => {
  it('removes the definition, then exactly its own disks', () => {
    const made = plan();
    expectSound(made);
    expect(made.steps.map((step) => step.id)).toEqual(['vm.undefine', 'disk.remove']);
    const { action } = made.steps[1] ?? {};
    expect(action?.kind === 'command' && scriptCall(action.command.argv)).toEqual({
      name: 'DISK_REMOVE',
      args: ['/srv/vms', own],
    });
    expect(made.onDone).toEqual([{ kind: 'vm.remove', vmId }]);
  });

  it('without disks leaves every file', () => {
    const made = plan({ deleteDisks: false });
    expectSound(made);
    expect(made.steps.map((step) => step.id)).toEqual(['vm.undefine']);
    expect(JSON.stringify(made)).not.toMatch(/\brm -f/);
    expect(made.expected.files).toEqual([]);
  });

  it('never touches CD images', () => {
    expect(JSON.stringify(plan().steps)).not.toContain('x.iso');
  });

  it('gives the definition back when something fails', () => {
    const [settled, undo] = plan().steps[0]?.undo ?? [];
    expect(settled && scriptCall(settled.command.argv)?.name).toBe('LIBVIRT_SETTLED');
    expect(undo?.command.stdin).toBe('<domain/>');
    expect(plan().onFailure).toBe('unwind');
  });

  it('asks each host that may see the files for their users, stopped clones too', () => {
    const checks = plan().preconditions.filter((one) => one.id.startsWith('vm.disksUnused'));
    expect(checks.map((one) => one.check.hostId)).toEqual([hostIdOf(1), hostIdOf(2)]);
    for (const one of checks) {
      expect(one.severity).toBe('must');
      expect(one.check.expect).toEqual({ kind: 'stdoutOneOf', values: ['none'] });
      expect(one.check.command.argv.slice(-2)).toEqual([vmId, own]);
    }
  });

  it('clears a crashed VM away first', () => {
    const crashed = plan({}, context({ vm: vm({ state: 'crashed' }) }));
    expectSound(crashed);
    expect(crashed.steps.map((step) => step.id)).toEqual(['vm.clearCrashed', 'vm.undefine', 'disk.remove']);
  });
});

describe('vm.delete is refused', () => {
  it.each(['', 'web 1', 'WEB 01', 'web 01 '])('when the name typed is %j', (confirmName) => {
    expect(() => plan({ confirmName })).toThrow('object.confirmNameMismatch');
  });

  it('while the VM runs', () => {
    expect(() => plan({}, context({ vm: vm({ state: 'running' }) }))).toThrow('vm.stateNotAllowed');
  });

  it.each(['/etc/shadow', '/dev/sda', '/srv/vms/../../etc/shadow', '/srv/vmsx/a.qcow2', '/srv/vms'])(
    'for a disk that is not under a datastore: %s',
    (path) => {
      expect(() => plan({}, withPath(path))).toThrow('vm.diskNotOwned');
      expect(() => plan({ deleteDisks: false }, withPath(path))).not.toThrow();
    },
  );

  it.each(['', '/', '//', 'srv/vms'])('for a disk that only a datastore at %j would hold', (path) => {
    const datastores = [datastore(1, { path })];
    expect(() => plan({}, context({ datastores }))).toThrow('vm.diskNotOwned');
  });

  it('for a path that no host may be given', () => {
    expect(() => plan({}, withPath('/srv/vms/a\n/etc/shadow'))).toThrow('vm.diskNotOwned');
  });

  it('when another VM of the inventory uses a disk', () => {
    const users = [{ vmId: hostIdOf(9) as never, vmName: 'clone', hostId: hostIdOf(2), path: own ?? '' }];
    expect(() => plan({}, context({ diskUsers: users }))).toThrow(VireoError);
    expect(() => plan({ deleteDisks: false }, context({ diskUsers: users }))).not.toThrow();
  });

  it('when the datastore is on another host', () => {
    expect(() => plan({}, context({ datastores: [datastore(2)] }))).toThrow('vm.diskNotOwned');
  });
});
