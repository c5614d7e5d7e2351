'use client';

import { useQuery } from '@tanstack/react-query';
import type { DatastoreView, HostView, ImageView } from '@vireo/contracts';
import { useMemo } from 'react';
import { useTRPC } from '@/data/trpc.tsx';

export interface CreateOptions {
  hosts: readonly HostView[];
  images: readonly ImageView[];
  datastores: readonly DatastoreView[];
  isLoading: boolean;
}

/** What a new VM can be made of and where it can run, as the inventory knows it. Live. */
export function useCreateOptions(): CreateOptions {
  const trpc = useTRPC();
  const hosts = useQuery(trpc.host.list.queryOptions({ limit: 500 }));
  const images = useQuery(trpc.storage.images.queryOptions());
  const datastores = useQuery(trpc.storage.datastores.queryOptions());
  return useMemo(
    () => ({
      hosts: hosts.data?.items ?? [],
      images: images.data ?? [],
      datastores: datastores.data ?? [],
      isLoading: hosts.isPending || images.isPending || datastores.isPending,
    }),
    [hosts.data, hosts.isPending, images.data, images.isPending, datastores.data, datastores.isPending],
  );
}

/** Bridges of the chosen host, or of any host when placement is automatic; each name once. */
export function bridgesOf(hosts: readonly HostView[], hostId: string) {
  const bridges = new Map<string, 'ovsBridge' | 'linuxBridge'>();
  for (const host of hosts) {
    if (hostId !== '' && host.id !== hostId) continue;
    for (const { name, kind } of host.facts?.bridges ?? []) {
      if (kind !== 'libvirtNetwork' && !bridges.has(name)) bridges.set(name, kind);
    }
  }
  return [...bridges].map(([name, kind]) => ({ name, kind }));
}
