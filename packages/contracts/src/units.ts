export const KIB = 1024;
export const MIB = 1024 * KIB;
export const GIB = 1024 * MIB;

/** GiB to bytes. */
export function gibToBytes(gib: number): number {
  return Math.round(gib * GIB);
}

/** KiB (libvirt's unit for memory) to whole MiB, rounded down. */
export function kibToMiB(kib: number): number {
  return Math.floor(kib / KIB);
}
