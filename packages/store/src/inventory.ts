import { OPEN_TASK_STATES, type SearchHit, SIMULATOR_PRODUCT, type TreeView } from '@vireo/contracts';
import { type Database, isUuid, Prisma } from './database.ts';
import { contains } from './list-query.ts';
import type { Store } from './types.ts';

type Host = TreeView['sites'][number]['clusters'][number]['hosts'][number];

async function tree({ client }: Database): Promise<TreeView> {
  const [sites, hosts] = await Promise.all([
    client.site.findMany({
      orderBy: { name: 'asc' },
      include: { clusters: { orderBy: { name: 'asc' } } },
    }),
    client.$queryRaw<(Host & { clusterId: string })[]>`
      SELECT h.id, h.name, h.cluster_id AS "clusterId", h.observed_connection AS connection,
        coalesce(h.observed_facts #>> '{system,product}' = ${SIMULATOR_PRODUCT}, false) AS "isSimulated",
        (SELECT count(*)::int FROM vm WHERE vm.host_id = h.id) AS "vmCount"
      FROM host h ORDER BY h.name_key`,
  ]);
  const hostsOf = (clusterId: string) =>
    hosts.filter((host) => host.clusterId === clusterId).map(({ clusterId: _, ...host }) => host);
  return {
    sites: sites.map((site) => ({
      id: site.id as TreeView['sites'][number]['id'],
      name: site.name,
      clusters: site.clusters.map((cluster) => ({
        id: cluster.id as TreeView['sites'][number]['clusters'][number]['id'],
        name: cluster.name,
        hosts: hostsOf(cluster.id),
      })),
    })),
  };
}

interface Totals {
  hosts: number;
  connected: number;
  cores: number;
  usedPercent: number;
  totalMiB: number;
  usedMiB: number;
  vcpus: number;
  configuredMiB: number;
  capacityBytes: number;
  availableBytes: number;
  openTasks: number;
}

/** Numbers of connected hosts only, where they are measured. A path that several hosts share counts once. */
async function totals({ client }: Database): Promise<Totals | undefined> {
  const [row] = await client.$queryRaw<Totals[]>`
    SELECT * FROM (
      SELECT count(*)::int AS hosts, (count(*) FILTER (WHERE observed_connection = 'connected'))::int AS connected,
        coalesce(sum((observed_facts->>'cpuCount')::float8), 0)::float8 AS cores,
        coalesce(sum((observed_facts->>'memoryMiB')::float8), 0)::float8 AS "totalMiB",
        coalesce(sum((observed_usage->>'memoryUsedMiB')::float8) FILTER (WHERE observed_connection = 'connected'), 0)::float8 AS "usedMiB",
        coalesce(sum((observed_usage->>'cpuPercent')::float8 * (observed_facts->>'cpuCount')::float8)
            FILTER (WHERE observed_connection = 'connected')
          / nullif(sum((observed_facts->>'cpuCount')::float8) FILTER (WHERE observed_connection = 'connected'), 0), 0)::float8 AS "usedPercent"
      FROM host) h, (
      SELECT coalesce(sum(vcpus), 0)::float8 AS vcpus, coalesce(sum(memory_mib), 0)::float8 AS "configuredMiB" FROM vm) v, (
      SELECT coalesce(sum(capacity_bytes), 0)::float8 AS "capacityBytes", coalesce(sum(available_bytes), 0)::float8 AS "availableBytes"
      FROM (SELECT DISTINCT ON (path, capacity_bytes) capacity_bytes, available_bytes FROM datastore WHERE is_active
        ORDER BY path, capacity_bytes, available_bytes) once) d, (
      SELECT count(*)::int AS "openTasks" FROM task WHERE state IN (${Prisma.join([...OPEN_TASK_STATES])})) t`;
  return row;
}

function search({ client }: Database, text: string, limit: number): Promise<SearchHit[]> {
  const wanted = text.trim().replaceAll('\0', '');
  if (wanted === '') return Promise.resolve([]);
  const id = isUuid(wanted) ? wanted : null;
  const name = (column: Prisma.Sql) => contains(column, wanted);
  return client.$queryRaw<SearchHit[]>`
    SELECT kind, id, name, detail FROM (
      (SELECT 1 AS rank, 'host' AS kind, h.id::text, h.name, h.address AS detail, h.name_key AS key FROM host h
        WHERE ${name(Prisma.sql`h.name_key`)} OR ${name(Prisma.sql`h.address`)} OR h.id = ${id}::uuid
        ORDER BY h.name_key LIMIT ${limit})
      UNION ALL
      (SELECT 2, 'vm', v.id::text, v.name, h.name, v.name_key FROM vm v JOIN host h ON h.id = v.host_id
        WHERE ${name(Prisma.sql`v.name_key`)} OR ${wanted} = ANY(v.observed_addresses) OR v.id = ${id}::uuid
        ORDER BY v.name_key LIMIT ${limit})
      UNION ALL
      (SELECT 3, 'image', i.id::text, i.name, h.name, lower(i.name) FROM image i JOIN host h ON h.id = i.host_id
        WHERE ${name(Prisma.sql`lower(i.name)`)} ORDER BY i.name LIMIT ${limit})
      UNION ALL
      (SELECT 4, 'task', t.id::text, t.object_name, t.operation, to_char(t.created_at, 'YYYYMMDDHH24MISS') FROM task t
        WHERE t.id = ${id}::uuid OR ${name(Prisma.sql`lower(t.object_name)`)}
        ORDER BY t.created_at DESC LIMIT ${limit})
    ) hits ORDER BY (lower(name) = ${wanted.toLowerCase()}) DESC, rank, key LIMIT ${limit}`;
}

/** What spans nouns: the tree, the home page's numbers and the global search. */
export function inventoryQueries(
  database: Database,
  countsByState: Store['vms']['countsByState'],
): Pick<Store, 'tree' | 'overview' | 'search'> {
  return {
    tree: () => tree(database),
    async overview() {
      const [row, vms] = await Promise.all([totals(database), countsByState({ filter: '' })]);
      return {
        hosts: { total: row?.hosts ?? 0, connected: row?.connected ?? 0 },
        vms,
        vmTotal: Object.values(vms).reduce((sum, count) => sum + count, 0),
        cpu: {
          cores: row?.cores ?? 0,
          usedPercent: row?.usedPercent ?? 0,
          vcpusConfigured: row?.vcpus ?? 0,
        },
        memory: {
          totalMiB: row?.totalMiB ?? 0,
          usedMiB: row?.usedMiB ?? 0,
          configuredMiB: row?.configuredMiB ?? 0,
        },
        storage: { capacityBytes: row?.capacityBytes ?? 0, availableBytes: row?.availableBytes ?? 0 },
        openTasks: row?.openTasks ?? 0,
      };
    },
    search: (text, limit) => search(database, text, limit),
  };
}
