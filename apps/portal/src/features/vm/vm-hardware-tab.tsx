'use client';

import type { VmDisk, VmGraphics, VmNic, VmView } from '@vireo/contracts';
import { Badge } from '@vireo/ui/badge';
import { Button } from '@vireo/ui/button';
import { Card, Facts } from '@vireo/ui/card';
import { CopyButton } from '@vireo/ui/copy-button';
import { Table } from '@vireo/ui/table';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useUnits } from '@/i18n/use-units.ts';
import { CodeText } from '../plan/command-block.tsx';

/** What the VM is made of, as its host tells it. */
export function VmHardwareTab({ vm }: { vm: VmView }) {
  return (
    <div className="flex flex-col gap-4 overflow-auto p-4">
      <ComputeCard vm={vm} />
      <DisksCard disks={vm.hardware.disks} />
      <NicsCard nics={vm.hardware.nics} />
      {vm.definitionXml && <XmlCard xml={vm.definitionXml} />}
    </div>
  );
}

function useGraphicsText(): (graphics: VmGraphics) => string {
  const t = useTranslations('vm.hardware');
  return (graphics) => {
    if (graphics.kind === 'none') return t('graphicsNone');
    if (graphics.kind === 'vncSocket') return t('graphicsSocket');
    const { listen, port } = graphics;
    return port === null
      ? t('graphicsPortOff', { listen })
      : t('graphicsPort', { listen, port: String(port) });
  };
}

function ComputeCard({ vm: { hardware } }: { vm: VmView }) {
  const t = useTranslations('vm.hardware');
  const units = useUnits();
  const graphicsText = useGraphicsText();
  const { vcpus, maxVcpus, memoryMiB, maxMemoryMiB } = hardware;
  return (
    <Card title={t('compute')}>
      <Facts
        facts={[
          {
            id: 'vcpus',
            label: t('vcpus'),
            value:
              vcpus === maxVcpus
                ? units.number(vcpus)
                : t('vcpusValue', { count: String(vcpus), max: String(maxVcpus) }),
          },
          {
            id: 'memory',
            label: t('memory'),
            value:
              memoryMiB === maxMemoryMiB
                ? units.mib(memoryMiB)
                : t('memoryValue', { now: units.mib(memoryMiB), max: units.mib(maxMemoryMiB) }),
          },
          { id: 'model', label: t('cpuModel'), value: hardware.cpuModel },
          {
            id: 'accelerator',
            label: t('accelerator'),
            value: t(hardware.accelerator === 'kvm' ? 'acceleratorKvm' : 'acceleratorQemu'),
          },
          { id: 'machine', label: t('machine'), value: hardware.machine },
          { id: 'firmware', label: t('firmware'), value: t(`firmwares.${hardware.firmware}`) },
          { id: 'graphics', label: t('graphics'), value: graphicsText(hardware.graphics) },
        ]}
      />
    </Card>
  );
}

function DisksCard({ disks }: { disks: readonly VmDisk[] }) {
  const t = useTranslations('vm.hardware');
  const units = useUnits();
  const size = (bytes: number | null | undefined) =>
    bytes === null || bytes === undefined ? t('unknown') : units.bytes(bytes);
  return (
    <Card title={t('disks')} isFlush>
      <Table<VmDisk>
        label={t('disks')}
        rows={disks}
        rowId={(disk) => disk.target}
        empty={t('noDisks')}
        columns={[
          {
            id: 'target',
            header: t('target'),
            cell: (disk) => <code className="font-mono">{disk.target}</code>,
          },
          {
            id: 'device',
            header: t('device'),
            cell: (disk) => (
              <span className="inline-flex gap-1.5">
                {t(`devices.${disk.device}`)}
                {disk.isReadOnly && disk.device === 'disk' && <Badge>{t('readOnly')}</Badge>}
              </span>
            ),
          },
          { id: 'bus', header: t('bus'), cell: (disk) => disk.bus },
          {
            id: 'size',
            header: t('size'),
            isNumeric: true,
            cell: (disk) => (disk.path ? size(disk.sizeBytes) : ''),
          },
          {
            id: 'allocated',
            header: t('allocated'),
            isNumeric: true,
            cell: (disk) => (disk.path ? size(disk.allocatedBytes) : ''),
          },
          { id: 'format', header: t('format'), cell: (disk) => (disk.path ? disk.format : '') },
          {
            id: 'path',
            header: t('path'),
            cell: (disk) => (
              <>
                {disk.path ? (
                  <code className="font-mono text-xs break-all">{disk.path}</code>
                ) : (
                  <span className="text-muted">{t('emptyDrive')}</span>
                )}
                {disk.backingPaths.length > 0 && (
                  <p className="text-xs break-all text-muted">
                    {t('backing', { paths: disk.backingPaths.join(', ') })}
                  </p>
                )}
              </>
            ),
          },
        ]}
      />
    </Card>
  );
}

function NicsCard({ nics }: { nics: readonly VmNic[] }) {
  const t = useTranslations('vm.hardware');
  return (
    <Card title={t('nics')} isFlush>
      <Table<VmNic>
        label={t('nics')}
        rows={nics}
        rowId={(nic) => nic.mac}
        empty={t('noNics')}
        columns={[
          { id: 'mac', header: t('mac'), cell: (nic) => <code className="font-mono">{nic.mac}</code> },
          { id: 'model', header: t('model'), cell: (nic) => nic.model },
          {
            id: 'network',
            header: t('network'),
            cell: (nic) => (
              <>
                {nic.network ?? t('unknown')}{' '}
                <span className="text-muted">{t(`networkKinds.${nic.networkKind}`)}</span>
              </>
            ),
          },
          { id: 'vlan', header: t('vlan'), cell: (nic) => nic.vlan ?? t('untagged') },
          { id: 'hostDevice', header: t('hostDevice'), cell: (nic) => nic.hostDevice ?? '' },
          { id: 'link', header: t('link'), cell: (nic) => t(nic.isLinkUp ? 'linkUp' : 'linkDown') },
        ]}
      />
    </Card>
  );
}

function XmlCard({ xml }: { xml: string }) {
  const t = useTranslations('vm.hardware');
  const tSummary = useTranslations('vm.summary');
  const [isShown, setIsShown] = useState(false);
  return (
    <Card
      title={t('xml')}
      isFlush
      actions={
        <>
          <CopyButton text={xml} label={t('copyXml')} copiedLabel={tSummary('copied')} />
          <Button size="small" aria-expanded={isShown} onClick={() => setIsShown(!isShown)}>
            {t(isShown ? 'hideXml' : 'showXml')}
          </Button>
        </>
      }
    >
      {isShown ? (
        <CodeText text={xml} label={t('xml')} />
      ) : (
        <p className="px-4 py-3 text-muted">{t('xmlHint')}</p>
      )}
    </Card>
  );
}
