import type { HostConnection, HostId, MessageRef, VmId } from '@vireo/contracts';
import type { HostSession } from '@vireo/link';

/** What to look at again besides the states of all VMs, which every reading brings. */
export interface Reread {
  /** VMs whose definitions may have changed. */
  definitions?: readonly VmId[];
  storage?: boolean;
}

/** What tasks and consoles need of the hosts that are watched. Nothing here dials: the watchers keep the connections. */
export interface HostAccess {
  /** undefined: no such host is watched. */
  nameOf(hostId: HostId): string | undefined;
  connectionOf(hostId: HostId): { connection: HostConnection; reason: MessageRef | null } | undefined;
  /** The open session; null while the host can't be asked. */
  sessionOf(hostId: HostId): HostSession | null;
  /** Resolves when the host can be asked (again), or when the signal fires; look at `sessionOf` afterwards. */
  whenConnected(hostId: HostId, signal: AbortSignal): Promise<void>;
  /** Resolves at the host's next hint that something happened there, or after `timeoutMs`, or when the signal fires. */
  nextHint(hostId: HostId, timeoutMs: number, signal: AbortSignal): Promise<void>;
  /**
   * Says that a command is about to change the host and that `reread` follows it: for a moment the events of that
   * change start no reading of their own, which `reread` would have to wait for.
   */
  announceReread(hostId: HostId): void;
  /** Reads the host again and stores what it says; resolves when that is done or can't be. Never rejects. */
  reread(hostId: HostId, what: Reread): Promise<void>;
}
