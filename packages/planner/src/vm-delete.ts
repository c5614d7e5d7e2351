import {
  diskRemove,
  domainDefineIfAbsent,
  domainDestroyIfActive,
  domainSnapshotCount,
  domainUndefine,
  fileUsers,
  libvirtSettled,
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
  requireNameTyped,
  stateIs,
} from './plan-parts.ts';
import type { Planner, PlanningContext } from './types.ts';

/**
 * The host's datastore in which a file lies, directly or deeper, by its plain path; null: in none. A datastore that is the
 * root folder, or of which no path is known, would hold everything, so it holds nothing.
 */
function datastorePathOf(context: PlanningContext, hostId: HostId, path: string): string | null {
  if (path.split('/').some((part) => part === '..' || part === '.') || /\p{Cc}/u.test(path)) return null;
  const found = context.datastores.find((datastore) => {
    const root = datastore.path.replace(/\/+$/, '');
    return datastore.hostId === hostId && root.startsWith('/') && path.startsWith(`${root}/`);
  });
  return found?.path ?? null;
}

interface OwnDisk {
  path: string;
  datastorePath: string;
}

/**
 * The files that go with the VM: its own writable disks, each under a known datastore and used by nobody else as far as
 * the inventory knows. CD images, block devices and backing files stay.
 * @throws VireoError `vm.diskNotOwned` | `vm.diskInUse`
 */
function disksToDelete(vm: VmRecord, context: PlanningContext): OwnDisk[] {
  const paths = vm.hardware.disks
    .filter((disk) => disk.device === 'disk' && !disk.isReadOnly)
    .map((disk) => disk.path)
    .filter((path) => path !== null);
  return [...new Set(paths)].map((path) => {
    const datastorePath = datastorePathOf(context, vm.hostId, path);
    if (datastorePath === null) throw new VireoError('vm.diskNotOwned', { path });
    const user = context.diskUsers.find((one) => one.path === path && one.vmId !== vm.id);
    if (user) throw new VireoError('vm.diskInUse', { path, vmName: user.vmName });
    return { path, datastorePath };
  });
}

/**
 * Hosts that may see the same files: the VM's own, and each connected one that has a datastore at the same path. Where
 * the path is another, local folder, the check finds no file and holds.
 */
function hostsThatMaySee(path: string, vm: VmRecord, context: PlanningContext): HostId[] {
  const others = context.hosts.filter(
    (host) =>
      host.id !== vm.hostId &&
      host.connection === 'connected' &&
      datastorePathOf(context, host.id, path) !== null,
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
  requireNameTyped(input.confirmName, vm);
  requireDoable('vm.delete', vm, host);
  const disks = input.deleteDisks ? disksToDelete(vm, context) : [];
  const paths = disks.map((disk) => disk.path);
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
      undo:
        vm.definitionXml === null ? [] : [libvirtSettled(), domainDefineIfAbsent(vm.id, vm.definitionXml)],
      done: stateIs(vm, 'absent'),
    }),
  );
  if (paths.length > 0)
    plan.steps.push(
      commandStep('disk.remove', vm.hostId, diskRemove(disks), {
        label: message('steps.disk.remove', { count: paths.length }),
      }),
    );
  return plan;
};
