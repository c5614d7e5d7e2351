'use client';

import type { HostView } from '@vireo/contracts';
import { Card, Facts } from '@vireo/ui/card';
import { CopyButton } from '@vireo/ui/copy-button';
import { Ring } from '@vireo/ui/meter';
import { useTranslations } from 'next-intl';
import { Ago } from '@/features/frame/ago';
import { useUnits } from '@/i18n/use-units';
import { memoryPercent } from './usage.ts';

export function HostSummary({ host }: { host: HostView }) {
  return (
    <div className="grid min-h-0 flex-1 content-start gap-4 overflow-auto p-4 xl:grid-cols-2">
      <UsageCard host={host} />
      <ConnectionCard host={host} />
      <FactsCard host={host} />
    </div>
  );
}

function UsageCard({ host }: { host: HostView }) {
  const t = useTranslations('host');
  const { percent, number, mib, duration } = useUnits();
  const { usage, facts } = host;
  const memory = memoryPercent(usage);
  return (
    <Card title={t('usage')}>
      {usage && memory !== null ? (
        <div className="grid gap-4 sm:grid-cols-2">
          <Ring
            percent={usage.cpuPercent}
            label={t('cpuOf', { name: host.name })}
            figure={percent(usage.cpuPercent)}
            caption={
              <>
                <p className="font-medium">{t('cpu')}</p>
                {facts && <p className="text-xs text-muted">{t('cpus', { count: facts.cpuCount })}</p>}
                <p className="text-xs text-muted">{t('vcpusConfigured', { count: host.vcpusConfigured })}</p>
              </>
            }
          />
          <Ring
            percent={memory}
            label={t('memoryOf', { name: host.name })}
            figure={percent(memory)}
            caption={
              <>
                <p className="font-medium">{t('memory')}</p>
                <p className="text-xs text-muted">
                  {mib(usage.memoryUsedMiB)} / {mib(usage.memoryUsedMiB + usage.memoryAvailableMiB)}
                </p>
                <p className="text-xs text-muted">
                  {t('memoryConfigured', { amount: mib(host.memoryConfiguredMiB) })}
                </p>
              </>
            }
          />
          <p className="text-muted sm:col-span-2">
            {t('uptime', { time: duration(usage.uptimeSeconds * 1000) })} ·{' '}
            {t('vmsOf', { running: number(host.runningVmCount), all: number(host.vmCount) })}
          </p>
        </div>
      ) : (
        <p className="text-muted">{t('noUsage')}</p>
      )}
    </Card>
  );
}

function ConnectionCard({ host }: { host: HostView }) {
  const t = useTranslations('host');
  const common = useTranslations('common');
  return (
    <Card title={t('connectionTitle')}>
      <Facts
        isNarrow
        facts={[
          { id: 'address', label: t('address'), value: `${host.user}@${host.address}:${host.port}` },
          {
            id: 'fingerprint',
            label: t('fingerprint'),
            value: (
              <span className="flex items-start gap-1">
                <code className="min-w-0 break-all">{host.hostKeyFingerprint}</code>
                <CopyButton
                  text={host.hostKeyFingerprint}
                  label={common('copy')}
                  copiedLabel={common('copied')}
                />
              </span>
            ),
          },
          {
            id: 'contact',
            label: t('lastContact'),
            value: host.lastContactAt ? <Ago at={host.lastContactAt} /> : common('never'),
          },
          { id: 'cluster', label: t('cluster'), value: host.clusterName },
        ]}
      />
    </Card>
  );
}

function FactsCard({ host }: { host: HostView }) {
  const t = useTranslations('host');
  const { number, mib } = useUnits();
  const { facts } = host;
  if (!facts) {
    return (
      <Card title={t('facts')} className="xl:col-span-2">
        <p className="text-muted">{t('noFacts')}</p>
      </Card>
    );
  }
  const { sockets, cores, threads, numaNodes } = facts.cpuTopology;
  return (
    <Card title={t('facts')} className="xl:col-span-2">
      <Facts
        facts={[
          { id: 'hostname', label: t('hostname'), value: facts.hostname },
          { id: 'os', label: t('os'), value: facts.osName },
          { id: 'cpu', label: t('cpuModel'), value: facts.cpuModel },
          { id: 'kernel', label: t('kernel'), value: facts.kernel },
          {
            id: 'topology',
            label: t('topology'),
            value: t('topologyOf', { sockets, cores, threads, numaNodes }),
          },
          { id: 'mhz', label: t('clock'), value: `${number(facts.cpuMHz)} MHz` },
          { id: 'memory', label: t('memory'), value: mib(facts.memoryMiB) },
          {
            id: 'accelerator',
            label: t('accelerator'),
            value: facts.accelerator === 'kvm' ? 'KVM' : t('noKvm'),
          },
          { id: 'libvirt', label: 'libvirt', value: facts.versions.libvirt },
          { id: 'qemu', label: 'QEMU', value: facts.versions.qemu },
          { id: 'ovs', label: 'Open vSwitch', value: facts.versions.ovs ?? t('notInstalled') },
          {
            id: 'firmware',
            label: t('firmware'),
            value: facts.firmware.map((kind) => t(`firmware_${kind}`)).join(', '),
          },
          { id: 'uuid', label: t('uuid'), value: <code className="break-all">{facts.hostUuid}</code> },
        ]}
      />
    </Card>
  );
}
