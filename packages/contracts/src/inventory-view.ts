import { z } from 'zod';
import { ClusterId, HostId, SiteId } from './ids.ts';
import { HostConnection } from './states.ts';

/** The tree at the left: site > cluster > host > VM. */
export const TreeView = z.object({
  sites: z.array(
    z.object({
      id: SiteId,
      name: z.string(),
      clusters: z.array(
        z.object({
          id: ClusterId,
          name: z.string(),
          hosts: z.array(
            z.object({
              id: HostId,
              name: z.string(),
              connection: HostConnection,
              isSimulated: z.boolean(),
              vmCount: z.number(),
            }),
          ),
        }),
      ),
    }),
  ),
});
export type TreeView = z.infer<typeof TreeView>;

export const OverviewView = z.object({
  hosts: z.object({ total: z.number(), connected: z.number() }),
  vms: z.record(z.string(), z.number()),
  vmTotal: z.number(),
  cpu: z.object({ cores: z.number(), usedPercent: z.number(), vcpusConfigured: z.number() }),
  memory: z.object({ totalMiB: z.number(), usedMiB: z.number(), configuredMiB: z.number() }),
  storage: z.object({ capacityBytes: z.number(), availableBytes: z.number() }),
  openTasks: z.number(),
});
export type OverviewView = z.infer<typeof OverviewView>;

export const SearchHit = z.object({
  kind: z.enum(['vm', 'host', 'task', 'image']),
  id: z.string(),
  name: z.string(),
  detail: z.string(),
});
export type SearchHit = z.infer<typeof SearchHit>;
