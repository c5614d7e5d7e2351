import type { CommandSpec, DatastoreRecord, ImageRecord, VmHardware, VmId, VmState } from '@vireo/contracts';

/** A command that only reads, with the one parser of its output. */
export interface ReadCommand<T> {
  command: CommandSpec;
  /** @throws HostOutputError when the output is not what the tool's manual promises. */
  parse(output: { stdout: string; stderr: string; exitCode: number | null }): T;
}

/** What a host said makes no sense; names the tool and the place. The excerpt is cut and safe to log. */
export class HostOutputError extends Error {
  override name = 'HostOutputError';
}

/** One VM's counters in a cycle's batched read (`virsh domstats --raw`). Counters only grow while it runs. */
export interface VmReading {
  id: VmId;
  name: string;
  state: VmState;
  stateReason: string | null;
  isPersistent: boolean;
  vcpus: number;
  cpuTimeNs: number;
  memoryMiB: number;
  /** From the balloon's statistics: available - usable; null without them. */
  memoryUsedMiB: number | null;
  diskReadBytes: number;
  diskWriteBytes: number;
  netReceiveBytes: number;
  netTransmitBytes: number;
}

/** All that a watcher asks of a host per cycle, in one round trip. */
export interface CycleReading {
  vms: VmReading[];
  host: {
    /** Sums of /proc/stat's first line, in ticks. */
    cpuTotalTicks: number;
    cpuIdleTicks: number;
    memoryTotalMiB: number;
    memoryAvailableMiB: number;
    uptimeSeconds: number;
  };
}

/** A VM's definition as the host holds it. */
export interface DomainDefinition {
  id: VmId;
  name: string;
  description: string;
  hardware: VmHardware;
  /** The inactive XML (what the next start uses); of a transient domain the live one. Secrets are not in it. */
  xml: string;
}

export interface StorageReading {
  datastores: Omit<DatastoreRecord, 'id' | 'hostId'>[];
  images: (Omit<ImageRecord, 'id' | 'hostId' | 'datastoreId'> & {
    datastoreName: string;
    allocatedBytes: number;
  })[];
}

/** One line of `virsh event --all --loop`: a hint that something about this domain should be re-read. */
export interface DomainEvent {
  event: string;
  domainName: string;
  detail: string;
}
