'use client';

import type { HostView } from '@vireo/contracts';
import { StateBadge } from '@vireo/ui/badge';
import { Card } from '@vireo/ui/card';
import { Table } from '@vireo/ui/table';
import { useTranslations } from 'next-intl';
import { useUnits } from '@/i18n/use-units';

/** Network cards and bridges as the host has them. */
export function HostNetwork({ host }: { host: HostView }) {
  const t = useTranslations('host');
  const none = useTranslations('common')('none');
  const { number } = useUnits();
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-auto p-4">
      <Card title={t('bridges')} isFlush>
        <Table
          label={t('bridges')}
          rows={host.facts?.bridges ?? []}
          rowId={(bridge) => `${bridge.kind}:${bridge.name}`}
          empty={t('noBridges')}
          columns={[
            { id: 'name', header: t('name'), cell: (bridge) => bridge.name },
            { id: 'kind', header: t('kind'), cell: (bridge) => t(`bridge_${bridge.kind}`) },
          ]}
        />
      </Card>
      <Card title={t('nics')} isFlush>
        <Table
          label={t('nics')}
          rows={host.facts?.nics ?? []}
          rowId={(nic) => nic.name}
          empty={t('noNics')}
          columns={[
            { id: 'name', header: t('name'), cell: (nic) => nic.name },
            {
              id: 'state',
              header: t('link'),
              cell: (nic) => (
                <StateBadge tone={nic.isUp ? 'ok' : 'neutral'}>
                  {nic.isUp ? t('linkUp') : t('linkDown')}
                </StateBadge>
              ),
            },
            { id: 'kind', header: t('kind'), cell: (nic) => t(`nic_${nic.kind}`) },
            {
              id: 'speed',
              header: t('speed'),
              isNumeric: true,
              cell: (nic) => (nic.speedMbps === null ? none : `${number(nic.speedMbps)} Mbit/s`),
            },
            { id: 'mac', header: 'MAC', cell: (nic) => <code>{nic.mac}</code> },
            { id: 'addresses', header: t('addresses'), cell: (nic) => nic.addresses.join(', ') || none },
          ]}
        />
      </Card>
    </div>
  );
}
