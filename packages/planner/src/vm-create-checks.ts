import {
  domainNamePresence,
  domainState,
  fileIsFree,
  firmwarePresence,
  freeSpaceMiB,
  imageSafety,
  isImageFormat,
  libvirtNetworkPresence,
  linuxBridgeExists,
  memoryAvailableMiB,
  ovsBridgeExists,
} from '@vireo/commands';
import {
  type CommandSpec,
  type DatastoreRecord,
  type HostId,
  type ImageRecord,
  MIB,
  type Precondition,
  VireoError,
  type VmId,
  type VmNic,
} from '@vireo/contracts';
import { spaceNeededMiB } from './placement.ts';
import { check, exitsZero, precondition, prints } from './plan-parts.ts';
import type { VmNeed } from './vm-need.ts';

/** All that was chosen for a new VM. */
export interface Choice {
  vmId: VmId;
  hostId: HostId;
  hostName: string;
  name: string;
  need: VmNeed;
  nics: readonly VmNic[];
  /** As the chosen host has it, with its datastore. */
  image: { record: ImageRecord; datastore: DatastoreRecord } | null;
  disk: { path: string; datastore: DatastoreRecord } | null;
}

function bridgeCheck(hostId: HostId, nic: VmNic): Precondition {
  const network = nic.network ?? '';
  const asked: Record<string, { command: CommandSpec; expect: Precondition['check']['expect'] }> = {
    ovsBridge: { command: ovsBridgeExists(network), expect: exitsZero },
    linuxBridge: { command: linuxBridgeExists(network), expect: exitsZero },
    libvirtNetwork: { command: libvirtNetworkPresence(network), expect: prints('active') },
  };
  const found = asked[nic.networkKind];
  if (!found) throw new VireoError('network.notOnHost', { network, host: '' });
  return precondition('host.network', check(hostId, found.command, found.expect), { network });
}

function imageCheck(hostId: HostId, image: NonNullable<Choice['image']>): Precondition {
  const { record, datastore } = image;
  const format = record.kind === 'iso' ? 'iso' : record.format;
  if (format !== 'iso' && !isImageFormat(format))
    throw new VireoError('image.unsafe', { name: record.name, reason: 'imageVerdicts.unexpectedFormat' });
  return precondition(
    'image.safe',
    check(hostId, imageSafety(record.path, format, datastore.path), prints('safe')),
    { name: record.name },
  );
}

function diskChecks(choice: Choice, disk: NonNullable<Choice['disk']>): Precondition[] {
  const { hostId, need } = choice;
  const free = (value: number) =>
    check(hostId, freeSpaceMiB(disk.datastore.path), { kind: 'atLeast', value, unit: 'MiB' });
  const now = spaceNeededMiB(need);
  const whole = Math.ceil(need.diskBytes / MIB);
  const params = { datastore: disk.datastore.name };
  return [
    precondition('disk.pathFree', check(hostId, fileIsFree(disk.path), exitsZero), { path: disk.path }),
    precondition('datastore.space', free(now), { ...params, needed: now }),
    // The disk is thin: it may be larger than what is free today, which one should know.
    precondition('datastore.thin', free(whole), { ...params, needed: whole }, 'should'),
  ];
}

/** What must hold on the host before anything is made there. */
export function createPreconditions(choice: Choice): Precondition[] {
  const { hostId, need } = choice;
  const found = [
    precondition('vm.nameFree', check(hostId, domainNamePresence(choice.name), prints('free')), {
      name: choice.name,
      host: choice.hostName,
    }),
    precondition('vm.uuidFree', check(hostId, domainState(choice.vmId), prints('absent'))),
  ];
  if (choice.image) found.push(imageCheck(hostId, choice.image));
  if (choice.disk) found.push(...diskChecks(choice, choice.disk));
  found.push(...choice.nics.map((nic) => bridgeCheck(hostId, nic)));
  if (need.firmware !== 'bios')
    found.push(
      precondition('host.firmware', check(hostId, firmwarePresence(need.firmware), prints('available')), {
        firmware: need.firmware,
      }),
    );
  if (need.isStarted)
    found.push(
      precondition(
        'host.memory',
        check(hostId, memoryAvailableMiB(), { kind: 'atLeast', value: need.memoryMiB, unit: 'MiB' }),
        { needed: need.memoryMiB },
      ),
    );
  return found;
}
