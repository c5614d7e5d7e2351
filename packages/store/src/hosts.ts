import { createHash } from 'node:crypto';
import {
  HOST_CONNECTIONS,
  HostConnection,
  HostFacts,
  type HostId,
  type HostRecord,
  HostTarget,
  HostUsage,
  type HostView,
  MessageRef,
  SIMULATOR_PRODUCT,
  type TaskId,
} from '@vireo/contracts';
import { type Database, first, isoOrNull, Prisma, type Sql } from './database.ts';
import { contains, isId, type ListSpec, oneOf, readPage } from './list-query.ts';
import type { Store } from './types.ts';

interface RawHost {
  id: HostId;
  name: string;
  clusterId: HostRecord['clusterId'];
  clusterName: string;
  address: string;
  port: number;
  user: string;
  hostKey: string;
  secretId: string;
  connection: string;
  detail: unknown;
  contactAt: Date | null;
  facts: unknown;
  usage: unknown;
}

const COLUMNS = Prisma.sql`h.id, h.name, h.cluster_id AS "clusterId", c.name AS "clusterName", h.address, h.port,
  h.ssh_user AS "user", h.host_key AS "hostKey", h.secret_id AS "secretId", h.observed_connection AS connection,
  h.observed_detail AS detail, h.observed_contact_at AS "contactAt", h.observed_facts AS facts, h.observed_usage AS usage`;

function common(row: RawHost) {
  const facts = HostFacts.nullable().parse(row.facts);
  return {
    id: row.id,
    name: row.name,
    clusterId: row.clusterId,
    connection: HostConnection.parse(row.connection),
    facts,
    usage: HostUsage.nullable().parse(row.usage),
    isSimulated: facts?.system.product === SIMULATOR_PRODUCT,
  };
}

function recordOf(row: RawHost): HostRecord {
  const { address, port, user, hostKey, secretId } = row;
  return { ...common(row), target: HostTarget.parse({ address, port, user, hostKey, secretId }) };
}

/** `SHA256:...` as ssh-keygen prints it. */
function fingerprintOf(hostKey: string): string {
  const blob = Buffer.from(hostKey.split(' ')[1] ?? '', 'base64');
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
}

type RawView = RawHost & {
  vmCount: number;
  runningVmCount: number;
  vcpusConfigured: number;
  memoryConfiguredMiB: number;
  taskId: TaskId | null;
  operation: string | null;
};

async function loadViews(sql: Sql, ids: string[]): Promise<HostView[]> {
  const rows = await sql.$queryRaw<RawView[]>`
    SELECT ${COLUMNS}, coalesce(vms.count, 0) AS "vmCount", coalesce(vms.running, 0) AS "runningVmCount",
      coalesce(vms.vcpus, 0) AS "vcpusConfigured", coalesce(vms.memory, 0) AS "memoryConfiguredMiB",
      t.id AS "taskId", t.operation
    FROM host h JOIN cluster c ON c.id = h.cluster_id
    LEFT JOIN (
      SELECT host_id, count(*)::int AS count, (count(*) FILTER (WHERE observed_state IN ('running', 'blocked')))::int AS running,
        sum(vcpus)::float8 AS vcpus, sum(memory_mib)::float8 AS memory
      FROM vm WHERE host_id = ANY(${ids}::uuid[]) GROUP BY host_id
    ) vms ON vms.host_id = h.id
    LEFT JOIN object_lock l ON l.object_id = 'host:' || h.id LEFT JOIN task t ON t.id = l.task_id
    WHERE h.id = ANY(${ids}::uuid[])`;
  return rows.map((row) => {
    const { clusterName, address, port, user, taskId, operation } = row;
    const { vmCount, runningVmCount, vcpusConfigured, memoryConfiguredMiB } = row;
    const head = common(row);
    return {
      ...head,
      ...{ clusterName, address, port, user, vmCount, vcpusConfigured, memoryConfiguredMiB },
      // Nothing is known to run on a host that can't be asked.
      runningVmCount: head.connection === 'connected' ? runningVmCount : 0,
      hostKeyFingerprint: fingerprintOf(row.hostKey),
      connectionDetail: MessageRef.nullable().parse(row.detail),
      lastContactAt: isoOrNull(row.contactAt),
      busy: taskId && operation ? { taskId, operation } : null,
    };
  });
}

const list: ListSpec<HostView> = {
  id: Prisma.sql`h.id`,
  from: Prisma.sql`host h JOIN cluster c ON c.id = h.cluster_id`,
  load: loadViews,
  word: (value) =>
    Prisma.sql`(${contains(Prisma.sql`h.name_key`, value)} OR ${contains(Prisma.sql`h.address`, value)})`,
  sorts: {
    name: { sql: Prisma.sql`h.name_key`, type: 'text' },
    address: { sql: Prisma.sql`h.address`, type: 'text' },
    connection: { sql: Prisma.sql`h.observed_connection`, type: 'text' },
    cluster: { sql: Prisma.sql`lower(c.name)`, type: 'text' },
    createdAt: { sql: Prisma.sql`h.created_at`, type: 'timestamptz' },
    cpuPercent: {
      sql: Prisma.sql`coalesce((h.observed_usage->>'cpuPercent')::float8, -1)`,
      type: 'float8',
    },
    memoryUsedMiB: {
      sql: Prisma.sql`coalesce((h.observed_usage->>'memoryUsedMiB')::float8, -1)`,
      type: 'float8',
    },
    vmCount: { sql: Prisma.sql`(SELECT count(*) FROM vm WHERE vm.host_id = h.id)`, type: 'bigint' },
  },
  fields: {
    name: (value) => contains(Prisma.sql`h.name_key`, value),
    address: (value) => contains(Prisma.sql`h.address`, value),
    id: isId(Prisma.sql`h.id`),
    connection: oneOf(
      'connection',
      HOST_CONNECTIONS,
      (found) => Prisma.sql`h.observed_connection = ANY(${found}::text[])`,
    ),
    cluster: (value) => Prisma.sql`lower(c.name) = ${value.toLowerCase()}`,
  },
};

/** Hosts as planners, watchers and the lists read them. */
export function hostQueries({ client }: Database): Store['hosts'] {
  const records = async (where: Prisma.Sql) => {
    const rows = await client.$queryRaw<RawHost[]>`
      SELECT ${COLUMNS} FROM host h JOIN cluster c ON c.id = h.cluster_id WHERE ${where} ORDER BY h.name_key`;
    return rows.map(recordOf);
  };
  return {
    all: () => records(Prisma.sql`true`),
    byId: async (id) => first(await records(Prisma.sql`h.id = ${id}::uuid`)),
    view: async (id) => first(await loadViews(client, [id])),
    page: (input) => readPage(client, list, input),
  };
}
