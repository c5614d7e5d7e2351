import type { HostUsage } from '@vireo/contracts';

/** Used memory of the host in percent of all; null: not known. */
export function memoryPercent(usage: HostUsage | null): number | null {
  if (!usage) return null;
  const total = usage.memoryUsedMiB + usage.memoryAvailableMiB;
  return total > 0 ? (usage.memoryUsedMiB / total) * 100 : null;
}
