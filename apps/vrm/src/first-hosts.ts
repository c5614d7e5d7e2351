import { readFile } from 'node:fs/promises';
import { type ApiServices, closeAuditOf, openAudit, sealCredential } from '@vireo/api';
import {
  HostAddress,
  HostName,
  operationNamed,
  SshPort,
  SshUser,
  type UserId,
  VireoError,
} from '@vireo/contracts';
import type { Logger } from 'pino';
import { z } from 'zod';

const FirstHost = z.object({
  name: HostName,
  address: HostAddress,
  port: SshPort,
  user: SshUser.default('root'),
  privateKeyFile: z.string(),
  /** `<algorithm> <base64>`: known beforehand, so that nothing is trusted on first sight. */
  hostKey: z.string(),
});
type FirstHost = z.infer<typeof FirstHost>;

/** Format of the file that `VIREO_HOSTS_FILE` names. It holds paths of key files, never keys. */
const HostsFile = z.object({ hosts: z.array(FirstHost) });

async function addHost(services: ApiServices, userId: UserId, host: FirstHost): Promise<void> {
  const { name, address, port, user, hostKey, privateKeyFile } = host;
  const value = await readFile(privateKeyFile, 'utf8');
  const secretId = await sealCredential(services.store, { address, port, kind: 'privateKey', value });
  const actor = {
    userId,
    userName: 'system',
    address: 'hosts file',
    role: 'administrator',
    sessionId: null,
  } as const;
  const object = { kind: 'host', id: '', name };
  const auditId = await openAudit(services, { operation: 'host.add', actor, object });
  try {
    const input = operationNamed('host.add').input.parse({ name, address, port, user, secretId, hostKey });
    await services.submitter.submit(actor, 'host.add', input, { dryRun: false, auditId });
  } catch (thrown) {
    await closeAuditOf(services, auditId, thrown);
    await services.store.secrets.remove(secretId);
    throw thrown;
  }
}

/**
 * Adds the hosts of a file that the inventory does not have yet (by address and port), by the same operation and
 * with the same checks as a person in the portal. One that can't be added is logged and left out; its task says why.
 * @throws Error when the file can't be read or is not of the format.
 */
export async function addFirstHosts(file: string, services: ApiServices, log: Logger): Promise<void> {
  const { hosts } = HostsFile.parse(JSON.parse(await readFile(file, 'utf8')));
  const { store } = services;
  const known = new Set((await store.hosts.all()).map(({ target }) => `${target.address}:${target.port}`));
  const owner = (await store.users.list()).find((user) => user.role === 'administrator');
  for (const host of hosts) {
    if (!owner || known.has(`${host.address}:${host.port}`)) continue;
    try {
      await addHost(services, owner.id, host);
    } catch (error) {
      // A start that was interrupted left the task open: the engine goes on with it by itself.
      if (error instanceof VireoError && error.code === 'object.busy') continue;
      log.error({ host: host.name, err: error }, 'a host of the hosts file was not added');
    }
  }
}
