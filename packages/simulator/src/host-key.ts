import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { bytesOf } from './random.ts';

export interface StableKey {
  /** OpenSSH private key file. */
  privateKey: string;
  /** `ssh-ed25519 <base64>` */
  publicKey: string;
}

/** DER of an ed25519 private key up to its 32 bytes (RFC 8410). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The same ed25519 key each time for the same words. For simulated hosts only: whoever knows the words knows the key. */
export function stableKey(...words: (string | number)[]): StableKey {
  const secret = bytesOf('key', ...words);
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, secret]), format: 'der', type: 'pkcs8' });
  const point = publicPointOf(key);
  const blob = Buffer.concat([field('ssh-ed25519'), field(point)]);
  return {
    privateKey: opensshFile(blob, secret, point),
    publicKey: `ssh-ed25519 ${blob.toString('base64')}`,
  };
}

function publicPointOf(key: KeyObject): Buffer {
  const { x } = createPublicKey(key).export({ format: 'jwk' });
  return Buffer.from(x ?? '', 'base64url');
}

function field(value: string | Buffer): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([uint32(bytes.length), bytes]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** The unencrypted form of OpenSSH's PROTOCOL.key. */
function opensshFile(blob: Buffer, secret: Buffer, point: Buffer): string {
  const check = uint32(0x5669_7265);
  const secrets = Buffer.concat([
    ...[check, check, field('ssh-ed25519'), field(point)],
    ...[field(Buffer.concat([secret, point])), field('simulated')],
  ]);
  const padding = Buffer.from([1, 2, 3, 4, 5, 6, 7]).subarray(0, (8 - (secrets.length % 8)) % 8);
  const file = Buffer.concat([
    ...[Buffer.from('openssh-key-v1\0'), field('none'), field('none'), field('')],
    ...[uint32(1), field(blob), field(Buffer.concat([secrets, padding]))],
  ]);
  const lines = file.toString('base64').replaceAll(/.{70}/g, '$&\n');
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines}\n-----END OPENSSH PRIVATE KEY-----\n`;
}
