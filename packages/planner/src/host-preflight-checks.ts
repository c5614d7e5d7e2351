import {
  acceleratorProbe,
  datastoreCount,
  effectiveUserId,
  freeSpaceMiB,
  hostUuid,
  ipSpeaksJson,
  libvirtVersion,
  ovsAnswers,
  programVersion,
  qemuVersion,
  timeSync,
} from '@vireo/commands';
import type { HostId, Precondition } from '@vireo/contracts';
import { check, exitsZero, precondition, prints, printsNot } from './plan-parts.ts';
import type { PlanningContext } from './types.ts';

/** The oldest versions whose tools print what our parsers read and whose XML has what we write. */
const OLDEST = { libvirt: '6.6.0', qemu: '4.2.0' } as const;
/** NVRAM, logs and sockets of VMs live here. */
const STATE_DIRECTORY = '/var/lib';
const STATE_FREE_MIB = 1024;

/** What a host needs before VMs can be run on it from here; each item with its remedy. */
export function preflightChecks(hostId: HostId, user: string, context: PlanningContext): Precondition[] {
  const on = (command: Parameters<typeof check>[1], expect: Parameters<typeof check>[2]) =>
    check(hostId, command, expect);
  const known = context.hosts.flatMap((host) => (host.facts ? [host.facts.hostUuid] : []));
  return [
    precondition('host.rootRights', on(effectiveUserId(), prints('0')), { user }),
    precondition('host.libvirt', on(libvirtVersion(), { kind: 'versionAtLeast', version: OLDEST.libvirt }), {
      version: OLDEST.libvirt,
    }),
    precondition('host.qemu', on(qemuVersion(), { kind: 'versionAtLeast', version: OLDEST.qemu }), {
      version: OLDEST.qemu,
    }),
    precondition('host.qemuImg', on(programVersion('qemu-img'), exitsZero)),
    precondition('host.flock', on(programVersion('flock'), exitsZero)),
    precondition('host.prlimit', on(programVersion('prlimit'), exitsZero)),
    precondition('host.ip', on(ipSpeaksJson(), exitsZero)),
    precondition('host.unknown', on(hostUuid(), printsNot(...known))),
    precondition('host.virtualization', on(acceleratorProbe(), prints('kvm')), {}, 'should'),
    precondition('host.ovs', on(ovsAnswers(), exitsZero), {}, 'should'),
    precondition(
      'host.datastore',
      on(datastoreCount(), { kind: 'atLeast', value: 1, unit: '' }),
      {},
      'should',
    ),
    precondition(
      'host.freeSpace',
      on(freeSpaceMiB(STATE_DIRECTORY), { kind: 'atLeast', value: STATE_FREE_MIB, unit: 'MiB' }),
      { path: STATE_DIRECTORY, needed: STATE_FREE_MIB },
      'should',
    ),
    precondition('host.time', on(timeSync(), prints('yes')), {}, 'should'),
  ];
}
