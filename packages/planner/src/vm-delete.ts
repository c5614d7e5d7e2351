import {
  domainDefineIfAbsent,
  domainDestroyIfActive,
  domainSnapshotCount,
  domainUndefine,
  fileRemove,
  fileUsers,
} from '@vireo/commands';
import { type HostId, type Plan, VireoError, type VmRecord } from '@vireo/contracts';
import {
  check,
  commandStep,
  emptyPlan,
  message,
  precondition,
  prints,
  requireDoable,
  requiredVm,
  stateIs,
} from './plan-parts.ts';
import type { Planner, PlanningContext } from './types.ts';

/** Whether a file lies directly or deeper under a datastore of the host, by its plain path. */
function isUnderDatastore(context: PlanningContext, hostId: HostId, path: string): boolean {
  if (path.split('/').some((part) => part === '..' || part === '.')) return false;
  return context.datastores.some(
    (datastore) => datastore.hostId === hostId && path.startsWith(`${datastore.path.replace(/\/$/, '')}/`),
  );
}

/**
 * The files that go with the VM: its own writable disks, each under a known datastore and used by nobody else as far as
 * the inventory knows. CD images, block devices and backing files stay.
 * @throws VireoError `vm.diskNotOwned` | `vm.diskInUse`
 */
function filesToDelete(vm: VmRecord, context: PlanningContext): string[] {
  const paths = vm.hardware.disks
    .filter((disk) => disk.device === 'disk' && !disk.isReadOnly)
    .map((disk) => disk.path)
    .filter((path) => path !== null);
  for (const path of paths) {
    if (!isUnderDatastore(context, vm.hostId, path)) throw new VireoError('vm.diskNotOwned', { path });
    const user = context.diskUsers.find((one) => one.path === path && one.vmId !== vm.id);
    if (user) throw new VireoError('vm.diskInUse', { path, vmName: user.vmName });
  }
  return [...new Set(paths)];
}

/**
 * Hosts that may see the same files: the VM's own, and each connected one that has a datastore at the same path. Where
 * the path is another, local folder, the check finds no file and holds.
 */
function hostsThatMaySee(path: string, vm: VmRecord, context: PlanningContext): HostId[] {
  const others = context.hosts.filter(
    (host) =>
      host.id !== vm.hostId && host.connection === 'connected' && isUnderDatastore(context, host.id, path),
  );
  return [vm.hostId, ...others.map((host) => host.id)];
}

function diskPreconditions(vm: VmRecord, paths: readonly string[], context: PlanningContext) {
  const hostIds = new Set(paths.flatMap((path) => hostsThatMaySee(path, vm, context)));
  return [...hostIds].map((hostId) => {
    const host = context.hosts.find((one) => one.id === hostId)?.name ?? '';
    const unused = precondition('vm.disksUnused', check(hostId, fileUsers(vm.id, paths), prints('none')), {
      host,
    });
    return { ...unused, id: hostId === vm.hostId ? unused.id : `${unused.id}.${hostId}` };
  });
}

/**
 * Removes a VM that is off: first its definition, then its disks if asked. The definition can be given back, so a failure
 * before the files are gone leaves the VM as it was. Files go in one command, last.
 */
export const vmDelete: Planner<'vm.delete'> = (input, context) => {
  const { vm, host } = requiredVm(context);
  if (input.confirmName !== vm.name) throw new VireoError('vm.confirmNameMismatch', { name: vm.name });
  requireDoable('vm.delete', vm, host);
  const paths = input.deleteDisks ? filesToDelete(vm, context) : [];
  const plan: Plan = {
    ...emptyPlan('vm.delete', { kind: 'vm', id: vm.id, name: vm.name }, { name: vm.name, host: host.name }),
    preconditions: [
      precondition('vm.state', stateIs(vm, 'shutOff', 'crashed')),
      precondition('vm.noSnapshots', check(vm.hostId, domainSnapshotCount(vm.id), prints('0')), {}, 'should'),
      ...(paths.length > 0 ? diskPreconditions(vm, paths, context) : []),
    ],
    expected: {
      vms: [{ vmId: vm.id, hostId: vm.hostId, state: 'absent' }],
      files: paths.map((path) => ({ hostId: vm.hostId, path, exists: false })),
    },
    xml: [{ vmId: vm.id, vmName: vm.name, before: vm.definitionXml, after: null }],
    onDone: [{ kind: 'vm.remove', vmId: vm.id }],
    onFailure: 'unwind',
  };
  if (vm.state === 'crashed')
    plan.steps.push(
      commandStep('vm.clearCrashed', vm.hostId, domainDestroyIfActive(vm.id), {
        done: stateIs(vm, 'shutOff', 'absent'),
      }),
    );
  plan.steps.push(
    commandStep('vm.undefine', vm.hostId, domainUndefine(vm.id), {
      undo: vm.definitionXml === null ? [] : [domainDefineIfAbsent(vm.id, vm.definitionXml)],
      done: stateIs(vm, 'absent'),
    }),
  );
  if (paths.length > 0)
    plan.steps.push(
      commandStep('disk.remove', vm.hostId, fileRemove(...paths), {
        label: message('steps.disk.remove', { count: paths.length }),
      }),
    );
  return plan;
};
