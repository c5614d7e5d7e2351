import { z } from 'zod';
import { DatastoreId, HostId, ImageId, SecretId, VmId } from './ids.ts';
import { BridgeName, Description, HostAddress, HostName, SshPort, SshUser, VmName } from './names.ts';
import { operation } from './operation.ts';
import type { OperationName } from './operation-facts.ts';

const onVm = z.strictObject({ id: VmId });
const onHost = z.strictObject({ id: HostId });

/** Where and how to sign in to a host that is to be added. The credential was sealed before (`host.sealCredential`). */
const HostReach = z.strictObject({
  address: HostAddress,
  port: SshPort,
  user: SshUser.default('root'),
  /** Password or private key, sealed in the store by the API the moment it arrives; never part of a task. */
  secretId: SecretId,
  /** The key that the person confirmed, as `host.probe` found it: `<algorithm> <base64>`. */
  hostKey: z
    .string()
    .regex(/^[a-z0-9@.-]{3,64} [A-Za-z0-9+/=]{20,2000}$/, 'a host key: algorithm and base64'),
});

export const VmCreateInput = z.strictObject({
  name: VmName,
  description: Description.default(''),
  vcpus: z.number().int().min(1, 'at least 1 vCPU').max(255, 'at most 255 vCPUs'),
  memoryMiB: z
    .number()
    .int()
    .min(32, 'at least 32 MiB')
    .max(16 * 1024 * 1024, 'at most 16 TiB'),
  /** Absent: the planner places it and says why. */
  hostId: HostId.optional(),
  /** Disk image (the first disk is a copy of it) or ISO (goes into the CD drive). Absent: a blank disk. */
  imageId: ImageId.optional(),
  /** Absent with a disk image: as large as the image. 0: no disk. */
  diskGiB: z.number().min(0).max(65536, 'at most 64 TiB').multipleOf(0.001).optional(),
  datastoreId: DatastoreId.optional(),
  /** Name of a bridge on the host, or "none". Absent: the host's first bridge. */
  network: z.union([z.literal('none'), BridgeName]).optional(),
  vlan: z.number().int().min(1).max(4094).optional(),
  firmware: z.enum(['bios', 'uefi', 'uefiSecureBoot']).default('bios'),
  start: z.boolean().default(false),
});
export type VmCreateInput = z.infer<typeof VmCreateInput>;

/**
 * Every operation there is: its facts (operation-facts.ts) and what it takes. The order is that of the permission matrix
 * and the documentation.
 */
export const OPERATIONS = [
  operation('host.probe', z.strictObject({ address: HostAddress, port: SshPort })),
  operation('host.preflight', HostReach),
  operation('host.add', HostReach.extend({ name: HostName })),
  operation('host.rename', onHost.extend({ name: HostName })),
  operation('host.trustKey', onHost.extend({ hostKey: HostReach.shape.hostKey, confirmName: z.string() })),
  operation('host.remove', onHost.extend({ confirmName: z.string() })),
  operation('vm.create', VmCreateInput),
  operation('vm.start', onVm),
  operation('vm.shutdown', onVm.extend({ timeoutSeconds: z.number().int().min(5).max(3600).default(120) })),
  operation('vm.stop', onVm),
  operation('vm.reboot', onVm),
  operation('vm.reset', onVm),
  operation('vm.suspend', onVm),
  operation('vm.resume', onVm),
  operation('vm.delete', onVm.extend({ confirmName: z.string(), deleteDisks: z.boolean().default(false) })),
] as const;

export type AnyOperation = (typeof OPERATIONS)[number];
export type OperationOf<Name extends OperationName> = Extract<AnyOperation, { name: Name }>;
/** The parsed input of an operation (defaults filled in). */
export type OperationInput<Name extends OperationName> = z.output<OperationOf<Name>['input']>;

const byName = new Map<string, AnyOperation>(OPERATIONS.map((o) => [o.name, o]));

/** @throws Error for a name that is not declared (a programming error, never user input). */
export function operationNamed<Name extends OperationName>(name: Name): OperationOf<Name> {
  const found = byName.get(name);
  if (!found) throw new Error(`no operation ${name}`);
  return found as OperationOf<Name>;
}
