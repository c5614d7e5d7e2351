'use client';

import type { VmView } from '@vireo/contracts';
import { Card, Facts } from '@vireo/ui/card';
import { CopyButton } from '@vireo/ui/copy-button';
import { Meter } from '@vireo/ui/meter';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useUnits } from '@/i18n/use-units.ts';
import { stateReasonKey } from './state-reason.ts';
import { VmStateBadge } from './vm-state-badge.tsx';

/** What the VM is and what it does now. */
export function VmSummary({ vm }: { vm: VmView }) {
  const t = useTranslations('vm.summary');
  return (
    <div className="grid content-start gap-4 overflow-auto p-4 lg:grid-cols-2">
      <GeneralCard vm={vm} />
      <UsageCard vm={vm} />
      <Card title={t('description')}>
        <p className={vm.description ? 'break-words whitespace-pre-wrap' : 'text-muted'}>
          {vm.description || t('noDescription')}
        </p>
      </Card>
    </div>
  );
}

function GeneralCard({ vm }: { vm: VmView }) {
  const t = useTranslations('vm.summary');
  const units = useUnits();
  return (
    <Card title={t('general')}>
      <Facts
        isNarrow
        facts={[
          {
            id: 'state',
            label: t('state'),
            value: <VmStateBadge state={vm.state} isBusy={vm.busy !== null} />,
          },
          ...(vm.stateReason
            ? [{ id: 'reason', label: t('reason'), value: reasonText(t, vm.stateReason) }]
            : []),
          ...(vm.observedAt
            ? [{ id: 'since', label: t('since'), value: units.dateTime(vm.observedAt) }]
            : []),
          {
            id: 'host',
            label: t('host'),
            value: (
              <Link href={`/hosts/${vm.hostId}`} className="text-accent hover:underline">
                {vm.hostName}
              </Link>
            ),
          },
          { id: 'addresses', label: t('addresses'), value: <Addresses vm={vm} /> },
          {
            id: 'uuid',
            label: t('uuid'),
            value: (
              <span className="inline-flex items-center gap-1">
                <code className="font-mono text-2xs break-all">{vm.id}</code>
                <CopyButton text={vm.id} label={t('copyUuid')} copiedLabel={t('copied')} />
              </span>
            ),
          },
          {
            id: 'agent',
            label: t('guestAgent'),
            value: t(vm.hardware.hasGuestAgentChannel ? 'guestAgentYes' : 'guestAgentNo'),
          },
          {
            id: 'autostart',
            label: t('autostart'),
            value: t(vm.hardware.isAutostart ? 'yes' : 'no'),
          },
          {
            id: 'origin',
            label: t('origin'),
            value: t(vm.isAdopted ? 'originAdopted' : 'originVireo'),
          },
          { id: 'created', label: t('created'), value: units.dateTime(vm.createdAt) },
        ]}
      />
    </Card>
  );
}

function reasonText(t: ReturnType<typeof useTranslations<'vm.summary'>>, reason: string): string {
  const key = stateReasonKey(reason);
  return key ? t(`reasons.${key}`) : reason;
}

function Addresses({ vm }: { vm: VmView }) {
  const t = useTranslations('vm.summary');
  if (vm.addresses.length === 0) {
    return <span className="text-muted">{t('noAddresses')}</span>;
  }
  return (
    <ul>
      {vm.addresses.map((address) => (
        <li key={address} className="font-mono text-xs break-all">
          {address}
        </li>
      ))}
    </ul>
  );
}

function UsageCard({ vm: { usage, vcpus, memoryMiB, diskBytes } }: { vm: VmView }) {
  const t = useTranslations('vm.summary');
  const units = useUnits();
  const used = usage?.memoryUsedMiB ?? null;
  return (
    <Card title={t('usage')}>
      <Facts
        isNarrow
        facts={[
          {
            id: 'cpu',
            label: t('cpu'),
            value: (
              <Measured
                label={t('cpu')}
                percent={usage?.cpuPercent ?? null}
                text={usage ? units.percent(usage.cpuPercent) : null}
                detail={t('cpuDetail', { count: vcpus })}
              />
            ),
          },
          {
            id: 'memory',
            label: t('memory'),
            value: (
              <Measured
                label={t('memory')}
                percent={used === null ? null : (used / memoryMiB) * 100}
                text={used === null ? null : units.percent((used / memoryMiB) * 100)}
                detail={
                  used === null
                    ? t('memoryTotal', { total: units.mib(memoryMiB) })
                    : t('memoryDetail', { used: units.mib(used), total: units.mib(memoryMiB) })
                }
              />
            ),
          },
          { id: 'disk', label: t('disk'), value: units.bytes(diskBytes) },
          ...(usage
            ? [
                {
                  id: 'read',
                  label: t('diskRead'),
                  value: units.bytesPerSecond(usage.diskReadBytesPerSecond),
                },
                {
                  id: 'write',
                  label: t('diskWrite'),
                  value: units.bytesPerSecond(usage.diskWriteBytesPerSecond),
                },
                {
                  id: 'receive',
                  label: t('netReceive'),
                  value: units.bytesPerSecond(usage.netReceiveBytesPerSecond),
                },
                {
                  id: 'transmit',
                  label: t('netTransmit'),
                  value: units.bytesPerSecond(usage.netTransmitBytesPerSecond),
                },
              ]
            : []),
        ]}
      />
      {!usage && <p className="mt-3 text-xs text-muted">{t('notRunning')}</p>}
    </Card>
  );
}

function Measured({
  label,
  percent,
  text,
  detail,
}: {
  label: string;
  percent: number | null;
  text: string | null;
  detail: string;
}) {
  return (
    <span className="flex flex-col gap-0.5">
      {percent !== null && <Meter percent={percent} label={label} text={text} />}
      <span className="text-xs text-muted">{detail}</span>
    </span>
  );
}
