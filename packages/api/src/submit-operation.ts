import {
  type AnyOperation,
  HostId,
  OPERATIONS,
  type OperationInput,
  type OperationName,
  type OperationOf,
  operationNamed,
  type Plan,
  roleHas,
  type TaskId,
  VireoError,
  VmId,
} from '@vireo/contracts';
import type { Actor } from '@vireo/engine';
import { z } from 'zod';
import { type AuditObject, closeAuditOf, openAudit } from './audited.ts';
import type { ApiServices } from './context.ts';

const OPERATION_NAMES = OPERATIONS.map((o) => o.name);

/** An operation and its input, as a caller writes them (defaults may be left out). */
export type OperationCall = {
  [Name in OperationName]: { operation: Name; input: z.input<OperationOf<Name>['input']> };
}[OperationName];

/** Only the envelope is parsed here: the input is parsed with the operation's own schema once the operation is known. */
const Envelope = z.strictObject({ operation: z.enum(OPERATION_NAMES), input: z.unknown() });

/** Typed for callers as {@link OperationCall}; zod cannot express a union whose halves are parsed in two goes. */
export const OperationRequest = Envelope as unknown as z.ZodType<z.output<typeof Envelope>, OperationCall>;

/** Parses an operation's input. @throws ZodError (becomes `input.invalid` with the fields). */
function parseOperationInput<Name extends OperationName>(name: Name, input: unknown): OperationInput<Name> {
  return operationNamed(name).input.parse(input) as OperationInput<Name>;
}

const Named = z.looseObject({
  id: z.string().optional(),
  name: z.string().optional(),
  address: z.string().optional(),
});

/** What an audit entry says the operation is about, as far as the inventory knows it. */
async function auditObject(
  services: ApiServices,
  operation: AnyOperation,
  input: unknown,
): Promise<AuditObject> {
  const { id = '', name, address } = Named.parse(input);
  const given = name ?? address ?? '';
  const vmId = operation.object === 'vm' ? VmId.safeParse(id) : undefined;
  const hostId = operation.object === 'host' ? HostId.safeParse(id) : undefined;
  const known =
    (vmId?.success && (await services.store.vms.byId(vmId.data))) ||
    (hostId?.success && (await services.store.hosts.byId(hostId.data))) ||
    null;
  return { kind: operation.object, id, name: known?.name ?? given };
}

function requireRight(actor: Actor, operation: AnyOperation): void {
  if (!roleHas(actor.role, operation.permission)) {
    throw new VireoError('auth.forbidden', { permission: operation.permission });
  }
}

/**
 * Parses, opens the audit entry, proves the right and files a task. The entry is closed here when the operation is
 * refused, and by the engine when the task ends.
 * @throws VireoError every refusal of {@link Submitter.submit}, `input.invalid`, `auth.forbidden`.
 */
export async function submitOperation(
  services: ApiServices,
  actor: Actor,
  name: OperationName,
  rawInput: unknown,
): Promise<{ taskId: TaskId }> {
  const operation: AnyOperation = operationNamed(name);
  const input = parseOperationInput(name, rawInput);
  const object = await auditObject(services, operation, input);
  const auditId = await openAudit(services, { operation: name, actor, object });
  try {
    requireRight(actor, operation);
    const result = await services.submitter.submit(actor, name, input, { dryRun: false, auditId });
    if (result.kind !== 'submitted') throw new Error('the engine planned instead of submitting');
    return { taskId: result.taskId };
  } catch (thrown) {
    await closeAuditOf(services, auditId, thrown);
    throw thrown;
  }
}

/** The Plan that {@link submitOperation} would run now. Changes nothing, so it leaves no audit entry. */
export async function planOperation(
  services: ApiServices,
  actor: Actor,
  name: OperationName,
  rawInput: unknown,
): Promise<Plan> {
  requireRight(actor, operationNamed(name));
  const input = parseOperationInput(name, rawInput);
  const result = await services.submitter.submit(actor, name, input, { dryRun: true, auditId: '' });
  return result.plan;
}
