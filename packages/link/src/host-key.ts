import { createHash } from 'node:crypto';

/** Key of a host as link writes it: `<algorithm> <base64>`, the middle of a known_hosts line. */
export function hostKeyText(blob: Buffer): string {
  return `${algorithmOf(blob)} ${blob.toString('base64')}`;
}

/**
 * Fingerprint as `ssh-keygen -l` prints it, e.g. `SHA256:47DEQpj8...`, of a key in the form `<algorithm> <base64>`.
 * A bare base64 blob is taken too.
 */
export function fingerprintOf(hostKey: string): string {
  const digest = createHash('sha256').update(blobOf(hostKey)).digest('base64');
  return `SHA256:${digest.replace(/=+$/, '')}`;
}

/** Whether the presented key is the pinned one. Compares the key itself; comments and blanks don't matter. */
export function isPinnedKey(presented: Buffer, pinned: string): boolean {
  const expected = blobOf(pinned);
  return expected.length > 0 && expected.equals(presented);
}

/** The algorithm that a pinned key is of, e.g. `ssh-ed25519`; null when the text is no key. */
export function pinnedAlgorithm(hostKey: string): string | null {
  const blob = blobOf(hostKey);
  return blob.length > 4 ? algorithmOf(blob) : null;
}

function blobOf(hostKey: string): Buffer {
  const words = hostKey.trim().split(/\s+/);
  return Buffer.from(words[1] ?? words[0] ?? '', 'base64');
}

/** RFC 4253 6.6: a public key blob starts with its algorithm's name as a string. */
function algorithmOf(blob: Buffer): string {
  const length = blob.length >= 4 ? blob.readUInt32BE(0) : 0;
  return length <= 64 ? blob.subarray(4, 4 + length).toString('latin1') : 'unknown';
}
