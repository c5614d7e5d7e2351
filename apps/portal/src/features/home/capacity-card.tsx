'use client';

import type { OverviewView } from '@vireo/contracts';
import { Card } from '@vireo/ui/card';
import { Ring } from '@vireo/ui/meter';
import { Skeleton } from '@vireo/ui/skeleton';
import { useTranslations } from 'next-intl';
import { useUnits } from '@/i18n/use-units';

const share = (part: number, whole: number) => (whole > 0 ? (part / whole) * 100 : 0);

/** CPU, memory and storage: what is used of what there is. `overview` undefined: being read. */
export function CapacityCard({ overview }: { overview: OverviewView | undefined }) {
  const t = useTranslations('home');
  const { number, percent, mib, bytes } = useUnits();
  if (!overview) {
    return (
      <Card title={t('capacity')} className="xl:col-span-2">
        <Skeleton className="h-24 w-full" />
      </Card>
    );
  }
  const { cpu, memory, storage } = overview;
  const memoryPercent = share(memory.usedMiB, memory.totalMiB);
  const usedBytes = storage.capacityBytes - storage.availableBytes;
  const storagePercent = share(usedBytes, storage.capacityBytes);
  const rings = [
    {
      id: 'cpu' as const,
      value: cpu.usedPercent,
      lines: [t('cores', { count: cpu.cores }), t('vcpus', { count: cpu.vcpusConfigured })],
    },
    {
      id: 'memory' as const,
      value: memoryPercent,
      lines: [
        t('usedOf', { used: mib(memory.usedMiB), total: mib(memory.totalMiB) }),
        t('configured', { amount: mib(memory.configuredMiB) }),
      ],
    },
    {
      id: 'storage' as const,
      value: storagePercent,
      lines: [
        t('usedOf', { used: bytes(usedBytes), total: bytes(storage.capacityBytes) }),
        t('free', { amount: bytes(storage.availableBytes) }),
      ],
    },
  ];
  return (
    <Card title={t('capacity')} className="xl:col-span-2">
      <div className="grid gap-4 sm:grid-cols-3">
        {rings.map((ring) => (
          <Ring
            key={ring.id}
            percent={ring.value}
            label={t('ringLabel', { what: t(ring.id), percent: number(ring.value) })}
            figure={percent(ring.value)}
            caption={
              <>
                <p className="font-medium">{t(ring.id)}</p>
                {ring.lines.map((line) => (
                  <p key={line} className="text-xs text-muted">
                    {line}
                  </p>
                ))}
              </>
            }
          />
        ))}
      </div>
    </Card>
  );
}
