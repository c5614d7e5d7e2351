'use client';

import { Card, Facts } from '@vireo/ui/card';
import { useTranslations } from 'next-intl';
import { useUnits } from '@/i18n/use-units.ts';
import { chosenHostId } from '../plan/plan-view.ts';
import type { PlanQuery } from '../plan/use-plan.ts';
import type { CreateForm } from './create-form.ts';
import { bridgesOf } from './create-options.ts';

const GIB = 1024 ** 3;

/** The VM as it would be made now, beside the wizard's steps. */
export function CreateSummary({ form, plan }: { form: CreateForm; plan: PlanQuery }) {
  const { draft, options } = form;
  const t = useTranslations('vm.wizard');
  const tFirmware = useTranslations('vm.hardware.firmwares');
  const units = useUnits();
  const disk = useDiskText(form);
  const image = options.images.find(({ path }) => path === draft.imagePath);
  const hostName = (id: string | null) => options.hosts.find((host) => host.id === id)?.name;
  const automatic = plan.plan && hostName(chosenHostId(plan.plan));
  const bridge =
    draft.network === 'none'
      ? t('networkNone')
      : draft.network || (bridgesOf(options.hosts, draft.hostId)[0]?.name ?? t('networkFirst'));
  const memoryMiB = Number(draft.memory) * (draft.memoryUnit === 'GiB' ? 1024 : 1);
  return (
    <Card title={t('summary')}>
      <Facts
        isNarrow
        facts={[
          { id: 'name', label: t('summaryName'), value: draft.name },
          {
            id: 'host',
            label: t('summaryHost'),
            value:
              hostName(draft.hostId) ??
              (automatic ? t('summaryHostAutomatic', { name: automatic }) : t('automatic')),
          },
          {
            id: 'compute',
            label: t('summaryCompute'),
            value: t('summaryComputeValue', {
              vcpus: Number(draft.vcpus) || 0,
              memory: units.mib(memoryMiB || 0),
            }),
          },
          { id: 'firmware', label: t('summaryFirmware'), value: tFirmware(draft.firmware) },
          { id: 'disk', label: t('summaryDisk'), value: disk },
          ...(draft.source === 'iso' ? [{ id: 'cd', label: t('summaryCd'), value: image?.name ?? '–' }] : []),
          {
            id: 'network',
            label: t('summaryNetwork'),
            value: draft.vlan ? t('summaryNetworkVlan', { network: bridge, vlan: draft.vlan }) : bridge,
          },
          {
            id: 'start',
            label: t('summaryStart'),
            value: t(draft.start ? 'summaryStartYes' : 'summaryStartNo'),
          },
        ]}
      />
    </Card>
  );
}

function useDiskText({ draft, options }: CreateForm): string {
  const t = useTranslations('vm.wizard');
  const units = useUnits();
  const image = options.images.find(({ path }) => path === draft.imagePath);
  const typed = draft.diskGiB.trim() === '' ? null : Number(draft.diskGiB) * GIB;
  if (typed === 0) return t('summaryDiskNone');
  if (draft.source === 'disk' && image) {
    return t('summaryDiskCopy', { size: units.bytes(typed || image.virtualBytes), image: image.name });
  }
  return typed ? t('summaryDiskBlank', { size: units.bytes(typed) }) : '–';
}
