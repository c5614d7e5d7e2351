import type { CycleReading, VmReading } from '@vireo/commands';
import type { HostUsage, VmUsage } from '@vireo/contracts';

/**
 * What a VM did between two readings of its counters, `elapsedMs` apart.
 * @returns null when nothing can be said: the VM is off, or it was restarted in between (its counters began anew).
 */
export function vmUsage(before: VmReading, after: VmReading, elapsedMs: number): VmUsage | null {
  const usedNs = after.cpuTimeNs - before.cpuTimeNs;
  if (elapsedMs <= 0 || usedNs < 0 || after.state === 'shutOff') return null;
  // vCPUs may have come or gone meanwhile: of the larger number, so that it never reads above 100.
  const vcpus = Math.max(before.vcpus, after.vcpus, 1);
  const perSecond = (from: number, to: number) => Math.max(0, Math.round(((to - from) * 1000) / elapsedMs));
  return {
    cpuPercent: percent(usedNs / 1e6, elapsedMs * vcpus),
    memoryUsedMiB: after.memoryUsedMiB,
    // A device that was removed takes its counters with it: nothing, not a negative rate.
    diskReadBytesPerSecond: perSecond(before.diskReadBytes, after.diskReadBytes),
    diskWriteBytesPerSecond: perSecond(before.diskWriteBytes, after.diskWriteBytes),
    netReceiveBytesPerSecond: perSecond(before.netReceiveBytes, after.netReceiveBytes),
    netTransmitBytesPerSecond: perSecond(before.netTransmitBytes, after.netTransmitBytes),
  };
}

/** The host's load between two readings; null when its counters began anew (it was restarted). */
export function hostUsage(before: CycleReading['host'], after: CycleReading['host']): HostUsage | null {
  const total = after.cpuTotalTicks - before.cpuTotalTicks;
  const idle = after.cpuIdleTicks - before.cpuIdleTicks;
  if (total <= 0 || idle < 0) return null;
  return {
    cpuPercent: percent(total - idle, total),
    memoryUsedMiB: after.memoryTotalMiB - after.memoryAvailableMiB,
    memoryAvailableMiB: after.memoryAvailableMiB,
    uptimeSeconds: after.uptimeSeconds,
  };
}

/** 0 to 100 with one decimal. */
function percent(part: number, whole: number): number {
  return Math.min(100, Math.max(0, Math.round((part / whole) * 1000) / 10));
}
