import { createHash } from 'node:crypto';

/** Everything that looks random comes from the seed: the same words give the same hosts, VMs and keys on any machine. */
export function bytesOf(...words: (string | number)[]): Buffer {
  return createHash('sha256').update(words.join('\0')).digest();
}

export function uuidOf(...words: (string | number)[]): string {
  const bytes = bytesOf(...words).subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** A number in [0, 1). */
export function fractionOf(...words: (string | number)[]): number {
  return bytesOf(...words).readUInt32BE(0) / 2 ** 32;
}

export function choose<T>(choices: readonly [T, ...T[]], ...words: (string | number)[]): T {
  return choices[Math.floor(fractionOf(...words) * choices.length)] ?? choices[0];
}

/** A MAC address with QEMU's prefix. */
export function macOf(...words: (string | number)[]): string {
  return `52:54:00:${bytesOf(...words)
    .subarray(0, 3)
    .toString('hex')
    .replace(/^(..)(..)(..)$/, '$1:$2:$3')}`;
}
