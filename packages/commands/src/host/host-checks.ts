import type { CommandSpec } from '@vireo/contracts';
import { readingCommand, scriptArgv } from '../command.ts';
import {
  FIRMWARE_PRESENCE,
  HOST_UUID,
  KVM_PROBE,
  LIBVIRT_VERSION,
  MEMORY_AVAILABLE_MIB,
  NETWORK_PRESENCE,
  POOL_COUNT,
  QEMU_VERSION,
  TIME_SYNC,
} from '../scripts.ts';

/** Prints the effective user id: `0` when we have root's rights (through sudo or not). */
export const effectiveUserId = (): CommandSpec => readingCommand(['id', '-u']);
/** Exit 0: the program is installed. Only for the fixed names that Vireo needs. */
export const programVersion = (
  program: 'qemu-img' | 'flock' | 'prlimit' | 'timeout' | 'ovs-vsctl',
): CommandSpec => readingCommand([program, '--version']);
/** Exit 0: `ip` speaks JSON. */
export const ipSpeaksJson = (): CommandSpec => readingCommand(['ip', '-json', 'link', 'show', 'dev', 'lo']);
/** Exit 0: the Open vSwitch database answers. */
export const ovsAnswers = (): CommandSpec =>
  readingCommand(['ovs-vsctl', '--timeout=5', '--columns=name', '--format=json', 'list', 'bridge']);
/** Exit 0: the OVS bridge is there. */
export const ovsBridgeExists = (bridge: string): CommandSpec =>
  readingCommand(['ovs-vsctl', '--timeout=5', 'br-exists', bridge]);
/** Exit 0: the Linux bridge is there. */
export const linuxBridgeExists = (bridge: string): CommandSpec =>
  readingCommand(['test', '-d', `/sys/class/net/${bridge}/bridge`]);
/** Prints `active` or `missing`. */
export const libvirtNetworkPresence = (network: string): CommandSpec =>
  readingCommand(scriptArgv(NETWORK_PRESENCE, network));
/** Prints the libvirt daemon's version, e.g. `9.0.0`. */
export const libvirtVersion = (): CommandSpec => readingCommand(scriptArgv(LIBVIRT_VERSION));
export const qemuVersion = (): CommandSpec => readingCommand(scriptArgv(QEMU_VERSION));
/** Prints `kvm` when a guest really boots with it, else `qemu`. Takes up to 4 s where KVM hangs. */
export const acceleratorProbe = (): CommandSpec => readingCommand(scriptArgv(KVM_PROBE), 15_000);
export const memoryAvailableMiB = (): CommandSpec => readingCommand(scriptArgv(MEMORY_AVAILABLE_MIB));
/** Prints `available` or `missing`. */
export const firmwarePresence = (firmware: 'uefi' | 'uefiSecureBoot'): CommandSpec =>
  readingCommand(scriptArgv(FIRMWARE_PRESENCE, firmware));
/** Prints libvirt's UUID of the host. */
export const hostUuid = (): CommandSpec => readingCommand(scriptArgv(HOST_UUID));
/** Prints how many active directory pools there are. */
export const datastoreCount = (): CommandSpec => readingCommand(scriptArgv(POOL_COUNT));
/** Prints `yes`, `no` or `unknown`: whether the host keeps its clock by NTP. */
export const timeSync = (): CommandSpec => readingCommand(scriptArgv(TIME_SYNC));
