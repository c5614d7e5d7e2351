import {
  HOST_CONNECTIONS,
  type HostConnection,
  type HostId,
  type TaskId,
  VM_STATES,
  VmHardware,
  type VmId,
  type VmRecord,
  type VmRow,
  VmState,
  type VmView,
} from '@vireo/contracts';
import { type Database, first, isoOrNull, isUuid, Prisma, type Sql } from './database.ts';
import { contains, isId, type ListSpec, oneOf, readPage, whereOf } from './list-query.ts';
import type { Store } from './types.ts';

/** What a person is shown: nothing is known of a VM whose host can't be asked, or that was never seen. */
const STATE = Prisma.sql`CASE WHEN h.observed_connection = 'connected' THEN coalesce(v.observed_state, 'unknown') ELSE 'unknown' END`;
const HARDWARE = Prisma.sql`coalesce(v.observed_hardware, v.intended_hardware)`;
const DESCRIPTION = Prisma.sql`coalesce(v.observed_description, v.intended_description, '')`;

interface RawRow {
  id: VmId;
  name: string;
  state: VmState;
  lastKnownState: VmState | null;
  observedAt: Date | null;
  hostId: HostId;
  hostName: string;
  hostConnection: HostConnection;
  clusterId: VmRow['clusterId'];
  vcpus: number;
  memoryMiB: number;
  diskBytes: number;
  cpuPercent: number | null;
  memoryUsedMiB: number | null;
  addresses: string[];
  isAdopted: boolean;
  createdAt: Date;
  taskId: TaskId | null;
  operation: string | null;
}

const ROW = Prisma.sql`
  v.id, v.name, ${STATE} AS state, v.observed_state AS "lastKnownState",
  CASE WHEN v.observed_at IS NOT NULL THEN greatest(v.observed_at, h.observed_listed_at) END AS "observedAt",
  v.host_id AS "hostId", h.name AS "hostName", h.observed_connection AS "hostConnection", h.cluster_id AS "clusterId",
  v.vcpus, v.memory_mib::float8 AS "memoryMiB", v.disk_bytes::float8 AS "diskBytes",
  u.cpu_percent AS "cpuPercent", u.memory_used_mib AS "memoryUsedMiB", v.observed_addresses AS addresses,
  v.is_adopted AS "isAdopted", v.created_at AS "createdAt", t.id AS "taskId", t.operation`;
const ROW_FROM = Prisma.sql`vm v JOIN host h ON h.id = v.host_id LEFT JOIN vm_usage u ON u.vm_id = v.id
  LEFT JOIN object_lock l ON l.object_id = 'vm:' || v.id LEFT JOIN task t ON t.id = l.task_id`;

function rowOf({ taskId, operation, observedAt, createdAt, ...row }: RawRow): VmRow {
  return {
    ...row,
    observedAt: isoOrNull(observedAt),
    createdAt: createdAt.toISOString(),
    busy: taskId && operation ? { taskId, operation } : null,
  };
}

async function loadRows(sql: Sql, ids: string[]): Promise<VmRow[]> {
  const rows = await sql.$queryRaw<RawRow[]>`
    SELECT ${ROW} FROM ${ROW_FROM} WHERE v.id = ANY(${ids}::uuid[])`;
  return rows.map(rowOf);
}

const list: ListSpec<VmRow> = {
  id: Prisma.sql`v.id`,
  from: Prisma.sql`vm v JOIN host h ON h.id = v.host_id JOIN cluster c ON c.id = h.cluster_id LEFT JOIN vm_usage u ON u.vm_id = v.id`,
  load: loadRows,
  word: (value) =>
    isUuid(value)
      ? Prisma.sql`(v.id = ${value}::uuid OR ${contains(Prisma.sql`v.name_key`, value)})`
      : contains(Prisma.sql`v.name_key`, value),
  sorts: {
    name: { sql: Prisma.sql`v.name_key`, type: 'text' },
    state: { sql: STATE, type: 'text' },
    host: { sql: Prisma.sql`h.name_key`, type: 'text' },
    hostName: { sql: Prisma.sql`h.name_key`, type: 'text' },
    cluster: { sql: Prisma.sql`lower(c.name)`, type: 'text' },
    vcpus: { sql: Prisma.sql`v.vcpus::bigint`, type: 'bigint' },
    memoryMiB: { sql: Prisma.sql`v.memory_mib`, type: 'bigint' },
    diskBytes: { sql: Prisma.sql`v.disk_bytes`, type: 'bigint' },
    cpuPercent: { sql: Prisma.sql`coalesce(u.cpu_percent, -1)`, type: 'float8' },
    memoryUsedMiB: { sql: Prisma.sql`coalesce(u.memory_used_mib, -1)`, type: 'float8' },
    createdAt: { sql: Prisma.sql`v.created_at`, type: 'timestamptz' },
  },
  fields: {
    name: (value) => contains(Prisma.sql`v.name_key`, value),
    id: isId(Prisma.sql`v.id`),
    state: oneOf('state', VM_STATES, (states) => Prisma.sql`${STATE} = ANY(${states}::text[])`),
    host: (value) => Prisma.sql`h.name_key = ${value.toLowerCase()}`,
    hostId: isId(Prisma.sql`v.host_id`),
    connection: oneOf(
      'connection',
      HOST_CONNECTIONS,
      (found) => Prisma.sql`h.observed_connection = ANY(${found}::text[])`,
    ),
    cluster: (value) => Prisma.sql`lower(c.name) = ${value.toLowerCase()}`,
    clusterId: isId(Prisma.sql`c.id`),
    address: (value) => Prisma.sql`${value} = ANY(v.observed_addresses)`,
  },
};

interface RawRecord extends Omit<VmRecord, 'hardware' | 'state'> {
  hardware: unknown;
  state: string | null;
}

async function records(sql: Sql, where: Prisma.Sql): Promise<VmRecord[]> {
  const rows = await sql.$queryRaw<RawRecord[]>`
    SELECT v.id, v.host_id AS "hostId", v.name, ${DESCRIPTION} AS description, ${HARDWARE} AS hardware,
      v.observed_state AS state, v.observed_definition_xml AS "definitionXml",
      coalesce(v.observed_is_persistent, true) AS "isPersistent", v.is_adopted AS "isAdopted"
    FROM vm v WHERE ${where} ORDER BY v.name_key, v.id`;
  return rows.map((row) => ({
    ...row,
    hardware: VmHardware.parse(row.hardware),
    state: VmState.nullable().parse(row.state),
  }));
}

/** VMs as planners, the engine and the lists read them. */
export function vmQueries({ client }: Database): Store['vms'] {
  return {
    async byId(id) {
      return first(await records(client, Prisma.sql`v.id = ${id}::uuid`));
    },
    async macs() {
      const rows = await client.$queryRaw<{ mac: string }[]>`
        SELECT DISTINCT lower(nic->>'mac') AS mac
        FROM vm v, jsonb_array_elements(coalesce(v.observed_hardware->'nics', '[]') || coalesce(v.intended_hardware->'nics', '[]')) nic
        WHERE nic->>'mac' IS NOT NULL`;
      return rows.map((row) => row.mac);
    },
    diskUsers: (paths) => client.$queryRaw`
      SELECT DISTINCT v.id AS "vmId", v.name AS "vmName", v.host_id AS "hostId", used.path
      FROM vm v,
        jsonb_array_elements(coalesce(v.observed_hardware->'disks', '[]') || coalesce(v.intended_hardware->'disks', '[]')) disk,
        LATERAL (
          SELECT disk->>'path' AS path
          UNION ALL SELECT jsonb_array_elements_text(coalesce(disk->'backingPaths', '[]'))
        ) used
      WHERE used.path = ANY(${paths}::text[])`,
    async view(id) {
      const [row] = await client.$queryRaw<
        (RawRow &
          Pick<VmView, 'description' | 'stateReason' | 'isPersistent' | 'definitionXml'> & {
            hardware: unknown;
            usage: VmView['usage'];
          })[]
      >`SELECT ${ROW}, ${DESCRIPTION} AS description, ${HARDWARE} AS hardware, v.observed_state_reason AS "stateReason",
          coalesce(v.observed_is_persistent, true) AS "isPersistent", v.observed_definition_xml AS "definitionXml",
          CASE WHEN u.vm_id IS NULL THEN NULL ELSE jsonb_build_object(
            'cpuPercent', u.cpu_percent, 'memoryUsedMiB', u.memory_used_mib,
            'diskReadBytesPerSecond', u.disk_read_bps, 'diskWriteBytesPerSecond', u.disk_write_bps,
            'netReceiveBytesPerSecond', u.net_receive_bps, 'netTransmitBytesPerSecond', u.net_transmit_bps) END AS usage
        FROM ${ROW_FROM} WHERE v.id = ${id}::uuid`;
      if (!row) return null;
      const { description, hardware, stateReason, isPersistent, definitionXml, usage, ...rest } = row;
      return {
        ...rowOf(rest),
        description,
        hardware: VmHardware.parse(hardware),
        stateReason,
        isPersistent,
        definitionXml,
        usage,
      };
    },
    page: (input) => readPage(client, list, input),
    async countsByState({ filter }) {
      const rows = await client.$queryRaw<{ state: string; count: number }[]>`
        SELECT ${STATE} AS state, count(*)::int AS count FROM ${list.from} WHERE ${whereOf(list, filter)} GROUP BY 1`;
      return Object.fromEntries(rows.map((row) => [row.state, row.count]));
    },
  };
}
