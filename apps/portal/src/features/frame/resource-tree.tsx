'use client';

import { useQuery } from '@tanstack/react-query';
import type { TreeView } from '@vireo/contracts';
import { StateDot } from '@vireo/ui/badge';
import { Building2, Monitor, Server, SquareStack } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import { useTRPC } from '@/data/trpc';
import { useSay } from '@/i18n/use-say';
import { onHostFilter } from './places.ts';
import { CONNECTION_TONES, VM_TONES } from './state-tones.ts';
import { moveInTree } from './tree-keys.ts';
import { TreeBranch, TreeLeaf } from './tree-node.tsx';
import { useRemembered } from './use-remembered.ts';

type TreeHost = TreeView['sites'][number]['clusters'][number]['hosts'][number];

/** How many VMs a host shows here; the rest are in the list. */
const VMS_SHOWN = 50;

/** Site > cluster > host > VM. A host's VMs are read when it is opened. */
export function ResourceTree() {
  const t = useTranslations('frame');
  const trpc = useTRPC();
  const tree = useQuery(trpc.inventory.tree.queryOptions());
  const root = useRef<HTMLDivElement>(null);
  const [toggledText, setToggledText] = useRemembered('tree.toggled', '');
  const toggled = new Set(toggledText.split(' '));
  const toggle = (id: string) => {
    if (!toggled.delete(id)) toggled.add(id);
    setToggledText([...toggled].join(' ').trim());
  };
  if (!tree.data || tree.data.sites.length === 0) return null;
  return (
    <div className="mt-2">
      <p id="resource-pool" className="px-2 pb-1 text-2xs font-medium tracking-wide text-muted uppercase">
        {t('resourcePool')}
      </p>
      <div
        ref={root}
        role="tree"
        aria-labelledby="resource-pool"
        tabIndex={-1}
        className="flex flex-col focus:outline-none"
        onKeyDown={(event) => root.current && moveInTree(root.current, event)}
      >
        {tree.data.sites.map((site, index) => (
          <TreeBranch
            key={site.id}
            id={site.id}
            label={site.name}
            icon={<Building2 size={14} />}
            level={1}
            isFirst={index === 0}
            isOpen={!toggled.has(site.id)}
            onToggle={toggle}
          >
            {site.clusters.map((cluster) => (
              <TreeBranch
                key={cluster.id}
                id={cluster.id}
                label={cluster.name}
                icon={<SquareStack size={14} />}
                level={2}
                isOpen={!toggled.has(cluster.id)}
                onToggle={toggle}
              >
                {cluster.hosts.map((host) => (
                  <HostBranch key={host.id} host={host} isOpen={toggled.has(host.id)} onToggle={toggle} />
                ))}
              </TreeBranch>
            ))}
          </TreeBranch>
        ))}
      </div>
    </div>
  );
}

function HostBranch({
  host,
  isOpen,
  onToggle,
}: {
  host: TreeHost;
  isOpen: boolean;
  onToggle: (id: string) => void;
}) {
  const say = useSay();
  return (
    <TreeBranch
      id={host.id}
      label={host.name}
      href={`/hosts/${host.id}`}
      icon={<Server size={14} />}
      sign={<StateDot tone={CONNECTION_TONES[host.connection]} isBusy={host.connection === 'connecting'} />}
      signText={say({ key: `connections.${host.connection}` })}
      level={3}
      isOpen={isOpen}
      onToggle={onToggle}
    >
      <HostVms hostId={host.id} />
    </TreeBranch>
  );
}

function HostVms({ hostId }: { hostId: string }) {
  const t = useTranslations('frame');
  const say = useSay();
  const trpc = useTRPC();
  const filter = onHostFilter(hostId);
  const vms = useQuery(trpc.vm.list.queryOptions({ filter, sort: 'name', limit: VMS_SHOWN }));
  if (!vms.data) return null;
  const more = vms.data.total - vms.data.items.length;
  return (
    <>
      {vms.data.items.map((vm) => (
        <TreeLeaf
          key={vm.id}
          label={vm.name}
          href={`/vms/${vm.id}`}
          icon={<Monitor size={14} />}
          sign={<StateDot tone={VM_TONES[vm.state]} isBusy={vm.busy !== null} />}
          signText={say({ key: `states.${vm.state}` })}
          level={4}
        />
      ))}
      {vms.data.total === 0 && <TreeLeaf label={t('noVms')} level={4} />}
      {more > 0 && (
        <TreeLeaf
          label={t('moreVms', { count: more })}
          href={`/vms?filter=${encodeURIComponent(filter)}`}
          level={4}
        />
      )}
    </>
  );
}
