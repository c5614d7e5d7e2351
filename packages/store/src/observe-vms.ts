import { createHash } from 'node:crypto';
import { type HostId, VmHardware, VmId } from '@vireo/contracts';
import { type Database, json, type NewChange, Prisma, type Sql } from './database.ts';
import { type NewEvent, recordEvents } from './events.ts';
import { compare, type KnownVm, type Verdict } from './observed-vm.ts';
import type { ObservedVm, Store } from './types.ts';

/** A listing as it is compared: cleaned once, with the hashes of its big parts. */
export interface Seen extends ObservedVm {
  hardwareHash: string | null;
  definitionHash: string | null;
}

const hashOf = (text: string) => createHash('sha1').update(text).digest('base64url');
/** Postgres keeps no NUL in text; hosts may say anything. */
const clean = (text: string) => text.replaceAll('\0', '\ufffd');

function seenOf(vm: ObservedVm): Seen {
  // Parsing puts the keys into one order, so that the same hardware has one hash.
  const hardware = vm.hardware && VmHardware.parse(vm.hardware);
  return {
    ...vm,
    ...(hardware ? { hardware } : {}),
    name: clean(vm.name),
    ...(vm.description === undefined ? {} : { description: clean(vm.description) }),
    ...(vm.definitionXml ? { definitionXml: clean(vm.definitionXml) } : {}),
    hardwareHash: hardware ? hashOf(JSON.stringify(hardware)) : null,
    definitionHash: vm.definitionXml === undefined ? null : hashOf(vm.definitionXml ?? ''),
  };
}

function readKnown(sql: Sql, hostId: HostId, ids: string[], lock: Prisma.Sql): Promise<KnownVm[]> {
  return sql.$queryRaw<KnownVm[]>`
    SELECT v.id, v.host_id AS "hostId", v.name, v.observed_name AS "observedName", v.observed_state AS state,
      v.observed_state_reason AS "stateReason", v.observed_is_persistent AS "isPersistent",
      v.observed_addresses AS addresses, v.observed_description AS description, v.observed_hardware_hash AS "hardwareHash",
      v.observed_definition_hash AS "definitionHash", v.observed_at AS "observedAt", v.intended_at AS "intendedAt",
      v.observed_also_on_id AS "alsoOnId", v.observed_also_on_at AS "alsoOnAt", v.observed_also_on_reported AS "isAlsoOnReported",
      h.observed_listed_at AS "hostListedAt", h.name AS "hostName",
      EXISTS (SELECT 1 FROM object_lock l WHERE l.object_id = 'vm:' || v.id) AS "isHeld"
    FROM vm v JOIN host h ON h.id = v.host_id
    WHERE v.host_id = ${hostId}::uuid OR v.observed_also_on_id = ${hostId}::uuid OR v.id = ANY(${ids}::uuid[])
    ORDER BY v.id ${lock}`;
}

async function adopt(sql: Sql, hostId: HostId, vms: readonly Seen[], readAt: Date): Promise<string[]> {
  const rows = vms.flatMap((vm) =>
    vm.hardware ? [{ ...written(vm), hardware: vm.hardware, xml: vm.definitionXml ?? null }] : [],
  );
  if (rows.length === 0) return [];
  const inserted = await sql.$queryRaw<{ id: string }[]>`
    INSERT INTO vm (id, host_id, is_adopted, observed_name, observed_description, observed_state, observed_state_reason,
      observed_is_persistent, observed_addresses, observed_hardware, observed_hardware_hash, observed_definition_xml,
      observed_definition_hash, observed_at)
    SELECT r.id, ${hostId}::uuid, true, r.name, r.description, r.state, r."stateReason", r."isPersistent",
      coalesce(r.addresses, '{}'), r.hardware, r."hardwareHash", r.xml, r."definitionHash", ${readAt}::timestamptz
    FROM jsonb_to_recordset(${json(rows)}) AS r(id uuid, name text, description text, state text, "stateReason" text,
      "isPersistent" boolean, addresses text[], hardware jsonb, "hardwareHash" text, xml text, "definitionHash" text)
    ON CONFLICT (id) DO NOTHING RETURNING id`;
  return inserted.map((row) => row.id);
}

function written(vm: Seen) {
  const { id, name, state, stateReason, isPersistent, hardwareHash, definitionHash } = vm;
  return {
    ...{ id, name, state, stateReason, isPersistent, hardwareHash, definitionHash },
    description: vm.description ?? null,
    addresses: vm.addresses ?? null,
  };
}

/** Writes what differs. Absent parts (hash null, addresses null) keep what is known. */
async function update(sql: Sql, hostId: HostId, vms: readonly Seen[], readAt: Date): Promise<void> {
  if (vms.length === 0) return;
  const rows = vms.map((vm) => ({
    ...written(vm),
    hardware: vm.hardware ?? null,
    xml: vm.definitionXml ?? null,
  }));
  await sql.$executeRaw`
    UPDATE vm SET host_id = ${hostId}::uuid, observed_name = r.name, observed_state = r.state,
      observed_state_reason = r."stateReason", observed_is_persistent = r."isPersistent",
      observed_addresses = coalesce(r.addresses, vm.observed_addresses),
      observed_description = coalesce(r.description, vm.observed_description),
      observed_hardware = CASE WHEN r."hardwareHash" IS NULL THEN vm.observed_hardware ELSE r.hardware END,
      observed_hardware_hash = coalesce(r."hardwareHash", vm.observed_hardware_hash),
      observed_definition_xml = CASE WHEN r."definitionHash" IS NULL THEN vm.observed_definition_xml ELSE r.xml END,
      observed_definition_hash = coalesce(r."definitionHash", vm.observed_definition_hash),
      observed_also_on_id = CASE WHEN vm.host_id = ${hostId}::uuid THEN vm.observed_also_on_id END,
      observed_also_on_at = CASE WHEN vm.host_id = ${hostId}::uuid THEN vm.observed_also_on_at END,
      observed_also_on_reported = vm.host_id = ${hostId}::uuid AND vm.observed_also_on_reported,
      observed_at = ${readAt}::timestamptz
    FROM jsonb_to_recordset(${json(rows)}) AS r(id uuid, name text, description text, state text, "stateReason" text,
      "isPersistent" boolean, addresses text[], hardware jsonb, "hardwareHash" text, xml text, "definitionHash" text)
    WHERE vm.id = r.id`;
}

/** One statement for the whole host, each cycle: usage of those that run, none for those that don't, and "listed at". */
async function writeUsage(sql: Sql, hostId: HostId, vms: readonly ObservedVm[], listedAt: Date | null) {
  const rows = vms.flatMap((vm) => (vm.usage ? [{ id: vm.id, ...vm.usage }] : []));
  const idle = vms.filter((vm) => !vm.usage).map((vm) => vm.id);
  await sql.$executeRaw`
    WITH listed AS (
      UPDATE host SET observed_listed_at = ${listedAt}::timestamptz
      WHERE id = ${hostId}::uuid AND ${listedAt}::timestamptz IS NOT NULL
    ), gone AS (DELETE FROM vm_usage WHERE vm_id = ANY(${idle}::uuid[]))
    INSERT INTO vm_usage AS u (vm_id, cpu_percent, memory_used_mib, disk_read_bps, disk_write_bps, net_receive_bps, net_transmit_bps)
    SELECT r.id, r."cpuPercent", r."memoryUsedMiB", r."diskReadBytesPerSecond", r."diskWriteBytesPerSecond",
      r."netReceiveBytesPerSecond", r."netTransmitBytesPerSecond"
    FROM jsonb_to_recordset(${json(rows)}) AS r(id uuid, "cpuPercent" float8, "memoryUsedMiB" float8,
      "diskReadBytesPerSecond" float8, "diskWriteBytesPerSecond" float8, "netReceiveBytesPerSecond" float8,
      "netTransmitBytesPerSecond" float8)
    WHERE EXISTS (SELECT 1 FROM vm WHERE vm.id = r.id AND vm.host_id = ${hostId}::uuid)
    ON CONFLICT (vm_id) DO UPDATE SET cpu_percent = excluded.cpu_percent, memory_used_mib = excluded.memory_used_mib,
      disk_read_bps = excluded.disk_read_bps, disk_write_bps = excluded.disk_write_bps,
      net_receive_bps = excluded.net_receive_bps, net_transmit_bps = excluded.net_transmit_bps`;
}

async function markAlsoOn(sql: Sql, hostId: HostId, verdict: Verdict): Promise<void> {
  for (const { id, isReported } of verdict.alsoHere)
    await sql.$executeRaw`
      UPDATE vm SET observed_also_on_id = ${hostId}::uuid, observed_also_on_reported = ${isReported},
        observed_also_on_at = CASE WHEN observed_also_on_id = ${hostId}::uuid THEN observed_also_on_at ELSE clock_timestamp() END
      WHERE id = ${id}::uuid`;
  if (verdict.noLongerHere.length > 0)
    await sql.$executeRaw`
      UPDATE vm SET observed_also_on_id = NULL, observed_also_on_at = NULL, observed_also_on_reported = false
      WHERE id = ANY(${verdict.noLongerHere}::uuid[])`;
}

/** What a host is seen to run, against what is known: one read, and writes only for what differs. */
export function observeVms(database: Database): Store['observe']['vms'] {
  return async (hostId, vms, { isComplete, readAt = new Date() }) => {
    const seen = vms.map(seenOf);
    const ids = seen.map((vm) => vm.id);
    const glance = compare(
      hostId,
      seen,
      await readKnown(database.client, hostId, ids, Prisma.empty),
      isComplete,
      readAt,
    );
    const listedAt = isComplete ? readAt : null;
    if (!glance.isDifferent) {
      await writeUsage(database.client, hostId, vms, listedAt);
      return { changed: [], adopted: [], removed: [] };
    }
    return database.transact(async (sql, changes) => {
      // Something differs: look again with the rows held, for another host's watcher or a task may be at them too.
      const verdict = compare(
        hostId,
        seen,
        await readKnown(sql, hostId, ids, Prisma.sql`FOR UPDATE OF v`),
        isComplete,
        readAt,
      );
      const adopted = await adopt(sql, hostId, verdict.unknown, readAt);
      await update(sql, hostId, verdict.changed, readAt);
      await markAlsoOn(sql, hostId, verdict);
      if (verdict.removed.length > 0)
        await sql.$executeRaw`DELETE FROM vm WHERE id = ANY(${verdict.removed}::uuid[])`;
      for (const { id, toHostId } of verdict.movedAway)
        await sql.$executeRaw`
          UPDATE vm SET host_id = ${toHostId}::uuid, observed_also_on_id = NULL, observed_also_on_at = NULL,
            observed_also_on_reported = false WHERE id = ${id}::uuid`;
      await writeUsage(sql, hostId, vms, listedAt);
      const changed = [...verdict.changed.map((vm) => vm.id), ...verdict.movedAway.map((vm) => vm.id)];
      const names = await hostNames(sql);
      const events = [...verdict.events, ...adoptedEvents(hostId, verdict.unknown, adopted)];
      await recordEvents(
        sql,
        events.map((event) => withHostNames(event, names)),
        changes,
      );
      noteChanges(changes, hostId, [...changed, ...adopted], verdict.removed, adopted.length > 0);
      return {
        changed: changed.map((id) => VmId.parse(id)),
        adopted: adopted.map((id) => VmId.parse(id)),
        removed: verdict.removed.map((id) => VmId.parse(id)),
      };
    });
  };
}

function noteChanges(
  changes: NewChange[],
  hostId: HostId,
  upserted: readonly string[],
  removed: readonly string[],
  isGrown: boolean,
): void {
  for (const objectId of upserted) changes.push({ kind: 'vm', objectId, what: 'upserted' });
  for (const objectId of removed) changes.push({ kind: 'vm', objectId, what: 'removed' });
  // Its counts.
  if (upserted.length + removed.length > 0)
    changes.push({ kind: 'host', objectId: hostId, what: 'upserted' });
  if (isGrown || removed.length > 0) changes.push({ kind: 'tree', objectId: '*', what: 'upserted' });
}

function adoptedEvents(hostId: HostId, unknown: readonly Seen[], adopted: readonly string[]): NewEvent[] {
  return unknown
    .filter((vm) => adopted.includes(vm.id))
    .map((vm) => ({
      severity: 'info',
      message: { key: 'events.vm.adopted', params: { name: vm.name, host: hostId } },
      object: { kind: 'vm', id: vm.id, name: vm.name },
    }));
}

async function hostNames(sql: Sql): Promise<Map<string, string>> {
  const rows = await sql.$queryRaw<{ id: string; name: string }[]>`SELECT id, name FROM host`;
  return new Map(rows.map((row) => [row.id, row.name]));
}

/** The comparison knows hosts by id; people know them by name. */
function withHostNames(event: NewEvent, names: ReadonlyMap<string, string>): NewEvent {
  const params = { ...event.message.params };
  for (const field of ['host', 'otherHost']) {
    const name = names.get(String(params[field]));
    if (name !== undefined) params[field] = name;
  }
  return { ...event, message: { key: event.message.key, params } };
}
