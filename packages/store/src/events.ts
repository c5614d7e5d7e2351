import { EventView, MessageRef } from '@vireo/contracts';
import { type Database, first, iso, json, type NewChange, Prisma, type Sql } from './database.ts';
import { contains, type ListSpec, newestFirst, oneOf, readPage } from './list-query.ts';
import type { Store } from './types.ts';

export interface NewEvent {
  severity: 'info' | 'warning' | 'error';
  message: MessageRef;
  object?: { kind: string; id: string; name: string };
}

/** Writes what was seen to happen, in the transaction that saw it. */
export async function recordEvents(
  sql: Sql,
  events: readonly NewEvent[],
  changes: NewChange[],
): Promise<void> {
  for (const { severity, message, object } of events) {
    const row = first(
      await sql.$queryRaw<{ id: string }[]>`
        INSERT INTO audit_event (kind, severity, message, object_kind, object_id, object_name)
        VALUES ('event', ${severity}, ${json(MessageRef.parse(message))}, ${object?.kind ?? null}, ${object?.id ?? null},
          ${object?.name ?? null}) RETURNING id`,
    );
    if (row) changes.push({ kind: 'event', objectId: row.id, what: 'upserted' });
  }
}

const FIELDS = ['event', 'audit'] as const;
const list: ListSpec<EventView> = {
  id: Prisma.sql`e.id`,
  from: Prisma.sql`audit_event e`,
  async load(sql, ids) {
    const rows = await sql.auditEvent.findMany({ where: { id: { in: ids } } });
    return rows.map((row) => EventView.parse({ ...row, at: iso(row.at) }));
  },
  word: (value) =>
    Prisma.sql`(${contains(Prisma.sql`lower(coalesce(e.object_name, ''))`, value)}
      OR ${contains(Prisma.sql`lower(coalesce(e.user_name, ''))`, value)}
      OR ${contains(Prisma.sql`lower(coalesce(e.operation, ''))`, value)})`,
  sorts: {
    at: { sql: Prisma.sql`e.at`, type: 'timestamptz' },
    severity: {
      sql: Prisma.sql`(CASE e.severity WHEN 'error' THEN 2 WHEN 'warning' THEN 1 ELSE 0 END)::bigint`,
      type: 'bigint',
    },
    objectName: { sql: Prisma.sql`lower(coalesce(e.object_name, ''))`, type: 'text' },
    user: { sql: Prisma.sql`lower(coalesce(e.user_name, ''))`, type: 'text' },
    operation: { sql: Prisma.sql`coalesce(e.operation, '')`, type: 'text' },
  },
  fields: {
    kind: oneOf('kind', FIELDS, (kinds) => Prisma.sql`e.kind = ANY(${kinds}::text[])`),
    severity: oneOf(
      'severity',
      ['info', 'warning', 'error'],
      (found) => Prisma.sql`e.severity = ANY(${found}::text[])`,
    ),
    outcome: oneOf(
      'outcome',
      ['open', 'succeeded', 'refused', 'failed'],
      (found) => Prisma.sql`e.outcome = ANY(${found}::text[])`,
    ),
    object: (value) => contains(Prisma.sql`lower(coalesce(e.object_name, ''))`, value),
    objectId: (value) => Prisma.sql`e.object_id = ${value}`,
    objectKind: (value) => Prisma.sql`e.object_kind = ${value}`,
    operation: (value) => Prisma.sql`e.operation = ${value}`,
    user: (value) => Prisma.sql`lower(coalesce(e.user_name, '')) = ${value.toLowerCase()}`,
    address: (value) => Prisma.sql`e.address = ${value}`,
  },
};

/** The audit trail and the events, one list. */
export function eventQueries(database: Database): Store['events'] {
  return {
    openAudit: ({ operation, actor, object, message }) =>
      database.transact(async (sql, changes) => {
        const row = first(
          await sql.$queryRaw<{ id: string }[]>`
            INSERT INTO audit_event (kind, severity, message, operation, user_id, user_name, address, object_kind, object_id,
              object_name, outcome)
            VALUES ('audit', 'info', ${json(MessageRef.parse(message))}, ${operation}, ${actor.userId}::uuid,
              ${actor.userName}, ${actor.address}, ${object?.kind ?? null}, ${object?.id ?? null}, ${object?.name ?? null},
              'open') RETURNING id`,
        );
        if (!row) throw new Error('the audit entry was not written');
        changes.push({ kind: 'event', objectId: row.id, what: 'upserted' });
        return row.id;
      }),
    closeAudit: (id, outcome, detail) =>
      database.transact(async (sql, changes) => {
        const severity = outcome === 'succeeded' ? 'info' : outcome === 'refused' ? 'warning' : 'error';
        await sql.$executeRaw`
          UPDATE audit_event SET outcome = ${outcome}, severity = ${severity}, closed_at = clock_timestamp(),
            detail = ${json(detail && MessageRef.parse(detail))}
          WHERE id = ${id}::uuid AND outcome = 'open'`;
        changes.push({ kind: 'event', objectId: id, what: 'upserted' });
      }),
    record: (event) => database.transact((sql, changes) => recordEvents(sql, [event], changes)),
    page: (input) => readPage(database.client, list, newestFirst(input, 'at')),
  };
}
