import { type InventoryChange, VireoError, type VmId } from '@vireo/contracts';
import { json, type NewChange, type Sql } from './database.ts';

/** Serialises what must be unique without a constraint: names of VMs, names and addresses of hosts. */
const NAMES_LOCK = 7_461_002;

/** Nobody else gives or takes a name until this transaction ends. */
async function holdNames(sql: Sql): Promise<void> {
  await sql.$queryRaw`SELECT pg_advisory_xact_lock(${NAMES_LOCK}::bigint)::text`;
}

async function isThere(rows: Promise<unknown[]>): Promise<boolean> {
  return (await rows).length > 0;
}

type Change<Kind extends InventoryChange['kind']> = Extract<InventoryChange, { kind: Kind }>;

/** VMs that were found on hosts may share a name; one that Vireo makes gets a name that no other has. */
async function refuseTakenVmName(sql: Sql, id: VmId, name: string): Promise<void> {
  await holdNames(sql);
  const rows = sql.$queryRaw<unknown[]>`
    SELECT 1 FROM vm WHERE name_key = lower(${name}::text) AND id <> ${id}::uuid LIMIT 1`;
  if (await isThere(rows)) throw new VireoError('vm.nameTaken', { name });
}

async function insertVm(sql: Sql, change: Change<'vm.insert'>): Promise<void> {
  // A watcher may have seen it first: then it is there as adopted, and becomes ours.
  await sql.$executeRaw`
    INSERT INTO vm (id, host_id, is_adopted, intended_name, intended_description, intended_hardware, intended_at)
    VALUES (${change.vmId}::uuid, ${change.hostId}::uuid, false, ${change.name}, ${change.description},
      ${json(change.hardware)}, clock_timestamp())
    ON CONFLICT (id) DO UPDATE SET is_adopted = false, intended_name = excluded.intended_name,
      intended_description = excluded.intended_description, intended_hardware = excluded.intended_hardware,
      intended_at = excluded.intended_at`;
}

async function refuseTakenHost(sql: Sql, id: string, name: string, at?: { address: string; port: number }) {
  await holdNames(sql);
  if (
    await isThere(
      sql.$queryRaw<unknown[]>`
        SELECT 1 FROM host WHERE name_key = lower(${name}::text) AND id <> ${id}::uuid`,
    )
  )
    throw new VireoError('host.nameTaken', { name });
  if (
    at &&
    (await isThere(
      sql.$queryRaw<unknown[]>`
        SELECT 1 FROM host WHERE address = lower(${at.address}::text) AND port = ${at.port} AND id <> ${id}::uuid`,
    ))
  )
    throw new VireoError('host.addressTaken', { address: at.address, port: at.port });
}

async function insertHost(sql: Sql, { hostId, name, target }: Change<'host.insert'>): Promise<void> {
  await refuseTakenHost(sql, hostId, name, target);
  await sql.$executeRaw`
    INSERT INTO host (id, name, name_key, cluster_id, address, port, ssh_user, host_key, secret_id)
    SELECT ${hostId}::uuid, ${name}, lower(${name}::text), c.id, lower(${target.address}::text), ${target.port},
      ${target.user}, ${target.hostKey}, ${target.secretId}::uuid
    FROM cluster c ORDER BY c.name, c.id LIMIT 1`;
}

async function removeHost(sql: Sql, hostId: string, taskId: string, changes: NewChange[]): Promise<void> {
  const name = await sql.$queryRaw<{ name: string }[]>`
    SELECT name FROM host WHERE id = ${hostId}::uuid FOR UPDATE`;
  const open = sql.$queryRaw<unknown[]>`
    SELECT 1 FROM vm v JOIN object_lock l ON l.object_id = 'vm:' || v.id
    WHERE v.host_id = ${hostId}::uuid AND l.task_id <> ${taskId}::uuid LIMIT 1`;
  if (await isThere(open)) throw new VireoError('host.hasOpenTasks', { name: name[0]?.name ?? '' });
  const vms = await sql.$queryRaw<{ id: string }[]>`
    DELETE FROM vm WHERE host_id = ${hostId}::uuid RETURNING id`;
  await sql.$executeRaw`DELETE FROM host WHERE id = ${hostId}::uuid`;
  for (const { id } of vms) changes.push({ kind: 'vm', objectId: id, what: 'removed' });
}

async function applyOne(
  sql: Sql,
  change: InventoryChange,
  taskId: string,
  isSubmit: boolean,
  changes: NewChange[],
): Promise<void> {
  const note = (kind: 'vm' | 'host', objectId: string, what: NewChange['what']) => {
    changes.push({ kind, objectId, what });
    if (kind === 'host') changes.push({ kind: 'tree', objectId: '*', what: 'upserted' });
  };
  switch (change.kind) {
    case 'vm.insert':
      if (isSubmit) await refuseTakenVmName(sql, change.vmId, change.name);
      await insertVm(sql, change);
      return note('vm', change.vmId, 'upserted');
    case 'vm.remove':
      await sql.$executeRaw`DELETE FROM vm WHERE id = ${change.vmId}::uuid`;
      return note('vm', change.vmId, 'removed');
    case 'vm.intendPower':
      await sql.$executeRaw`UPDATE vm SET intended_power = ${change.power} WHERE id = ${change.vmId}::uuid`;
      return note('vm', change.vmId, 'upserted');
    case 'host.insert':
      await insertHost(sql, change);
      return note('host', change.hostId, 'upserted');
    case 'host.rename':
      await refuseTakenHost(sql, change.hostId, change.name);
      await sql.$executeRaw`
        UPDATE host SET name = ${change.name}, name_key = lower(${change.name}::text)
        WHERE id = ${change.hostId}::uuid`;
      return note('host', change.hostId, 'upserted');
    case 'host.remove':
      await removeHost(sql, change.hostId, taskId, changes);
      return note('host', change.hostId, 'removed');
    case 'host.trustKey':
      await sql.$executeRaw`
        UPDATE host SET host_key = ${change.hostKey} WHERE id = ${change.hostId}::uuid`;
      return note('host', change.hostId, 'upserted');
    case 'secret.remove':
      // Whatever a Plan says: what a host still signs in with, and the console's own key, are not forgotten.
      await sql.$executeRaw`
        DELETE FROM secret s WHERE s.id = ${change.secretId}::uuid AND s.purpose <> 'consoleKey'
          AND NOT EXISTS (SELECT 1 FROM host h WHERE h.secret_id = s.id)`;
      return;
  }
}

/**
 * Writes a Plan's inventory changes, in the transaction of the task's own state change.
 * @throws VireoError `vm.nameTaken` (at submission only: later the VM exists), `host.nameTaken`, `host.addressTaken`, `host.hasOpenTasks`.
 */
export async function applyInventoryChanges(
  sql: Sql,
  list: readonly InventoryChange[],
  context: { taskId: string; isSubmit: boolean; changes: NewChange[] },
): Promise<void> {
  for (const change of list) await applyOne(sql, change, context.taskId, context.isSubmit, context.changes);
}
