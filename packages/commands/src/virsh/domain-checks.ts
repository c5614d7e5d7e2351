import { type CommandSpec, VmId } from '@vireo/contracts';
import { readingCommand, scriptArgv } from '../command.ts';
import { DOMAIN_NAME_PRESENCE, DOMAIN_SNAPSHOTS, DOMAIN_STATE } from '../scripts.ts';

/** What `domainState` prints, in libvirt's words (virsh(1), LC_ALL=C), and `absent`. */
export const DOMAIN_STATE_WORDS = {
  running: 'running',
  idle: 'idle',
  paused: 'paused',
  inShutdown: 'in shutdown',
  shutOff: 'shut off',
  crashed: 'crashed',
  suspended: 'pmsuspended',
  absent: 'absent',
} as const;

/** Prints the state of a domain, or `absent`. Fails only when libvirt can't be asked. */
export const domainState = (id: VmId): CommandSpec =>
  readingCommand(scriptArgv(DOMAIN_STATE, VmId.parse(id)));

/** Prints the name of a domain, to compare a definition with what was meant. */
export const domainName = (id: VmId): CommandSpec => readingCommand(['virsh', 'domname', VmId.parse(id)]);

/** Prints `free` or `taken`: whether a domain of this name is defined on the host. */
export const domainNamePresence = (name: string): CommandSpec =>
  readingCommand(scriptArgv(DOMAIN_NAME_PRESENCE, name));

/** Prints the number of snapshots of a domain. */
export const domainSnapshotCount = (id: VmId): CommandSpec =>
  readingCommand(scriptArgv(DOMAIN_SNAPSHOTS, VmId.parse(id)));
