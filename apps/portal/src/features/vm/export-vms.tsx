'use client';

import { useMutation } from '@tanstack/react-query';
import type { ListInput, Page, VmRow } from '@vireo/contracts';
import { IconButton } from '@vireo/ui/button';
import { toast } from '@vireo/ui/toast';
import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { readAll } from '@/data/read-all.ts';
import { failureOf } from '@/data/vireo-failure.ts';
import { useSay } from '@/i18n/use-say.ts';
import { downloadText } from '../task/download-text.ts';
import { csv } from './csv.ts';

const GIB = 1024 ** 3;

/** Saves all VMs that the filter leaves, also those not read yet, as a CSV file in the order that is shown. */
export function ExportVms({
  read,
  address,
  clusterNames,
}: {
  read: (input: ListInput) => Promise<Page<VmRow>>;
  address: { filter: string; sort: string };
  clusterNames: ReadonlyMap<string, string>;
}) {
  const t = useTranslations('vm.export');
  const tColumn = useTranslations('vm.columns');
  const say = useSay();
  const save = useMutation({
    mutationFn: () => readAll(read, address),
    onSuccess: (vms) => {
      const head = [
        tColumn('name'),
        tColumn('state'),
        tColumn('host'),
        tColumn('cluster'),
        tColumn('vcpus'),
        t('memoryMiB'),
        t('cpuPercent'),
        t('diskGiB'),
        tColumn('addresses'),
        'UUID',
        tColumn('created'),
      ];
      const rows = vms.map((vm) => [
        vm.name,
        say({ key: `states.${vm.state}` }),
        vm.hostName,
        clusterNames.get(vm.clusterId) ?? '',
        vm.vcpus,
        vm.memoryMiB,
        vm.cpuPercent === null ? '' : Math.round(vm.cpuPercent * 10) / 10,
        Math.round((vm.diskBytes / GIB) * 100) / 100,
        vm.addresses.join(' '),
        vm.id,
        vm.createdAt,
      ]);
      const day = new Date().toISOString().slice(0, 10);
      downloadText(`vireo-vms-${day}.csv`, csv([head, ...rows]), 'text/csv;charset=utf-8');
    },
    onError: (error) => toast.error(say(failureOf(error).message)),
  });
  return (
    <IconButton
      label={t('label')}
      icon={<Download size={16} />}
      isBusy={save.isPending}
      onClick={() => save.mutate()}
    />
  );
}
