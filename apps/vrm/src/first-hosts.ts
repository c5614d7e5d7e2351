import { readFile } from 'node:fs/promises';
import { HostAddress, HostName, operationNamed, SshUser, type UserId } from '@vireo/contracts';
import type { Submitter } from '@vireo/engine';
import type { Store } from '@vireo/store';
import type { Logger } from 'pino';
import { z } from 'zod';

/** Format of the file that `VIREO_HOSTS_FILE` names. It holds paths of key files, never keys. */
const HostsFile = z.object({
  hosts: z.array(
    z.object({
      name: HostName,
      address: HostAddress,
      port: z.number().int().min(1).max(65535).default(22),
      user: SshUser.default('root'),
      privateKeyFile: z.string(),
      /** `<algorithm> <base64>`: known beforehand, so that nothing is trusted on first sight. */
      hostKey: z.string(),
    }),
  ),
});

/**
 * Adds the hosts of a file that the inventory does not have yet (by address and port), by the same operation and
 * with the same checks as a person in the portal. One that can't be added is logged and left out; its task says why.
 * @throws Error when the file can't be read or is not of the format.
 */
export async function addFirstHosts(
  file: string,
  deps: { store: Store; submitter: Submitter; log: Logger; userId: UserId },
): Promise<void> {
  const { hosts } = HostsFile.parse(JSON.parse(await readFile(file, 'utf8')));
  const known = new Set((await deps.store.hosts.all()).map((h) => `${h.target.address}:${h.target.port}`));
  for (const host of hosts) {
    const reach = `${host.address}:${host.port}`;
    if (known.has(reach)) continue;
    try {
      const privateKey = await readFile(host.privateKeyFile, 'utf8');
      const secretId = await deps.store.secrets.seal('hostPrivateKey', reach, privateKey);
      const actor = { userId: deps.userId, userName: 'system', address: 'hosts file' };
      const auditId = await deps.store.events.openAudit({
        operation: 'host.add',
        actor,
        object: { kind: 'host', id: reach, name: host.name },
        message: { key: 'audit.operation', params: { operation: 'host.add', name: host.name } },
      });
      const input = operationNamed('host.add').input.parse({
        name: host.name,
        address: host.address,
        port: host.port,
        user: host.user,
        secretId,
        hostKey: host.hostKey,
      });
      await deps.submitter.submit({ ...actor, role: 'administrator', sessionId: null }, 'host.add', input, {
        dryRun: false,
        auditId,
      });
    } catch (error) {
      deps.log.error({ host: host.name, err: error }, 'a host of the hosts file was not added');
    }
  }
}
