import { readFile } from 'node:fs/promises';
import { hostAddress, labHostKey, labKeyPath } from '@vireo/lab';
import type { HostEndpoint } from '@vireo/link';

/** How link reaches a lab host, for measurements by hand. */
export async function labEndpoint(name: string): Promise<HostEndpoint> {
  return {
    address: hostAddress(name),
    port: 22,
    user: 'root',
    hostKey: labHostKey(name),
    credential: { kind: 'privateKey', privateKey: await readFile(labKeyPath(), 'utf8') },
  };
}
