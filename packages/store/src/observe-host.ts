import { randomUUID } from 'node:crypto';
import { type DatastoreRecord, HostFacts, HostUsage, MessageRef, say } from '@vireo/contracts';
import { type Database, first, json, type NewChange, type Sql } from './database.ts';
import { type NewEvent, recordEvents } from './events.ts';
import { observeVms } from './observe-vms.ts';
import type { Store } from './types.ts';

/** Free space moves all the time: only so much of the whole is worth a change row. */
const NOTABLE_SHARE = 0.01;

/** The event of a new connection state; null for states in between, and for what was told last. */
async function connectionEvent(
  sql: Sql,
  host: { id: string; name: string; user: string },
  connection: string,
  detail: MessageRef | null,
): Promise<NewEvent | null> {
  if (connection === 'connecting') return null;
  const key = `events.host.${connection}`;
  const last = first(
    await sql.$queryRaw<{ key: string }[]>`
      SELECT message->>'key' AS key FROM audit_event
      WHERE object_id = ${host.id} AND kind = 'event' AND message->>'key' IN
        ('events.host.connected', 'events.host.unreachable', 'events.host.keyChanged', 'events.host.authRefused')
      ORDER BY at DESC LIMIT 1`,
  );
  if (last?.key === key) return null;
  return {
    severity: connection === 'connected' ? 'info' : 'error',
    message: {
      key,
      params: {
        name: host.name,
        user: host.user,
        detail: detail ? say('en', detail) : '',
        fingerprint: String(detail?.params?.fingerprint ?? ''),
      },
    },
    object: { kind: 'host', id: host.id, name: host.name },
  };
}

type KnownDatastore = Omit<DatastoreRecord, 'id' | 'hostId'> & { id: string };

/** What watchers write of hosts. Tasks never write these columns. */
export function observeQueries(database: Database): Store['observe'] {
  const { client } = database;
  return {
    connection: (hostId, connection, detail) =>
      database.transact(async (sql, changes) => {
        const host = first(
          await sql.$queryRaw<
            { id: string; name: string; user: string; connection: string; detail: unknown }[]
          >`
            SELECT id, name, ssh_user AS "user", observed_connection AS connection, observed_detail AS detail
            FROM host WHERE id = ${hostId}::uuid FOR UPDATE`,
        );
        if (!host) return;
        const known = MessageRef.nullable().parse(host.detail);
        const told = detail && MessageRef.parse(detail);
        if (host.connection === connection && JSON.stringify(known) === JSON.stringify(told)) return;
        await sql.$executeRaw`
          UPDATE host SET observed_connection = ${connection}, observed_detail = ${json(told)}
          WHERE id = ${hostId}::uuid`;
        changes.push({ kind: 'host', objectId: hostId, what: 'upserted' });
        if (host.connection === connection) return;
        // The states of its VMs become unknown, or known again.
        changes.push({ kind: 'tree', objectId: '*', what: 'upserted' });
        const event = await connectionEvent(sql, host, connection, told);
        if (event) await recordEvents(sql, [event], changes);
      }),
    async contact(hostId, at) {
      await client.$executeRaw`
        UPDATE host SET observed_contact_at = ${at}::timestamptz WHERE id = ${hostId}::uuid`;
    },
    facts: (hostId, facts) =>
      database.transact(async (sql, changes) => {
        const count = await sql.$executeRaw`
          UPDATE host SET observed_facts = ${json(HostFacts.parse(facts))}
          WHERE id = ${hostId}::uuid AND observed_facts IS DISTINCT FROM ${json(HostFacts.parse(facts))}`;
        if (count > 0) changes.push({ kind: 'host', objectId: hostId, what: 'upserted' });
      }),
    async usage(hostId, usage) {
      await client.$executeRaw`
        UPDATE host SET observed_usage = ${json(HostUsage.parse(usage))} WHERE id = ${hostId}::uuid`;
    },
    vms: observeVms(database),
    storage: (hostId, datastores, images) =>
      database.transact(async (sql, changes) => {
        const [host] = await sql.$queryRaw<unknown[]>`
          SELECT 1 FROM host WHERE id = ${hostId}::uuid FOR KEY SHARE`;
        if (!host) return;
        const known = await sql.$queryRaw<KnownDatastore[]>`
          SELECT id, name, path, kind, capacity_bytes::float8 AS "capacityBytes",
            available_bytes::float8 AS "availableBytes", is_active AS "isActive"
          FROM datastore WHERE host_id = ${hostId}::uuid`;
        const idOf = new Map(known.map((row) => [row.name, row.id]));
        for (const store of datastores) {
          const row = known.find((one) => one.name === store.name);
          const id = row?.id ?? randomUUID();
          idOf.set(store.name, id);
          const { name, path, kind, capacityBytes, availableBytes, isActive } = store;
          const isSame =
            row?.path === path &&
            row.kind === kind &&
            row.capacityBytes === capacityBytes &&
            row.isActive === isActive;
          if (isSame && row.availableBytes === availableBytes) continue;
          await sql.$executeRaw`
            INSERT INTO datastore (id, host_id, name, path, kind, capacity_bytes, available_bytes, is_active)
            VALUES (${id}::uuid, ${hostId}::uuid, ${name}, ${path}, ${kind}, ${capacityBytes}::float8::bigint,
              ${availableBytes}::float8::bigint, ${isActive})
            ON CONFLICT (host_id, name) DO UPDATE SET path = excluded.path, kind = excluded.kind,
              capacity_bytes = excluded.capacity_bytes, available_bytes = excluded.available_bytes,
              is_active = excluded.is_active`;
          const moved = row ? Math.abs(row.availableBytes - availableBytes) : Number.POSITIVE_INFINITY;
          if (!isSame || moved > capacityBytes * NOTABLE_SHARE)
            changes.push({ kind: 'datastore', objectId: id, what: 'upserted' });
        }
        for (const { id, name } of known) {
          if (datastores.some((store) => store.name === name)) continue;
          await sql.$executeRaw`DELETE FROM datastore WHERE id = ${id}::uuid`;
          changes.push({ kind: 'datastore', objectId: id, what: 'removed' });
        }
        await writeImages(sql, hostId, images, idOf, changes);
      }),
  };
}

async function writeImages(
  sql: Sql,
  hostId: string,
  images: Parameters<Store['observe']['storage']>[2],
  datastoreIds: ReadonlyMap<string, string>,
  changes: NewChange[],
): Promise<void> {
  const rows = images.flatMap((image) => {
    const datastoreId = datastoreIds.get(image.datastoreName);
    return datastoreId ? [{ ...image, datastoreId, newId: randomUUID() }] : [];
  });
  const record = sql.$queryRaw<{ id: string }[]>`
    INSERT INTO image AS i (id, host_id, datastore_id, name, path, kind, format, virtual_bytes, allocated_bytes)
    SELECT r."newId", ${hostId}::uuid, r."datastoreId", r.name, r.path, r.kind, r.format, r."virtualBytes"::bigint,
      r."allocatedBytes"::bigint
    FROM jsonb_to_recordset(${json(rows)}) AS r("newId" uuid, "datastoreId" uuid, name text, path text, kind text,
      format text, "virtualBytes" float8, "allocatedBytes" float8)
    ON CONFLICT (datastore_id, path) DO UPDATE SET name = excluded.name, kind = excluded.kind, format = excluded.format,
      virtual_bytes = excluded.virtual_bytes, allocated_bytes = excluded.allocated_bytes
    WHERE (i.name, i.kind, i.format, i.virtual_bytes, i.allocated_bytes) IS DISTINCT FROM
      (excluded.name, excluded.kind, excluded.format, excluded.virtual_bytes, excluded.allocated_bytes)
    RETURNING id`;
  for (const { id } of await record) changes.push({ kind: 'image', objectId: id, what: 'upserted' });
  const gone = await sql.$queryRaw<{ id: string }[]>`
    DELETE FROM image i WHERE host_id = ${hostId}::uuid AND NOT EXISTS (
      SELECT 1 FROM unnest(${rows.map((r) => r.datastoreId)}::uuid[], ${rows.map((r) => r.path)}::text[]) AS r(datastore_id, path)
      WHERE r.datastore_id = i.datastore_id AND r.path = i.path) RETURNING id`;
  for (const { id } of gone) changes.push({ kind: 'image', objectId: id, what: 'removed' });
}
