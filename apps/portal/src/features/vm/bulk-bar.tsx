'use client';

import type { VmRow } from '@vireo/contracts';
import { Button } from '@vireo/ui/button';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useSay } from '@/i18n/use-say.ts';
import { VM_ACTION_ICONS } from './vm-action-icon.tsx';
import { BULK_ACTIONS, type BulkAction } from './vm-actions.ts';

const BulkActionDialog = dynamic(
  () => import('./bulk-action-dialog.tsx').then((module) => module.BulkActionDialog),
  { ssr: false },
);

/** What can be done to the selected VMs together. */
export function BulkBar({
  vms,
  all,
  onClear,
}: {
  vms: readonly VmRow[];
  /** All rows that are loaded are selected, but there are more. */
  all: { count: number; isBusy: boolean; select: () => void } | null;
  onClear: () => void;
}) {
  const t = useTranslations('vm');
  const say = useSay();
  const [action, setAction] = useState<BulkAction | null>(null);
  return (
    <>
      <span role="status" className="font-medium">
        {t('selected', { count: vms.length })}
      </span>
      {all && (
        <Button size="small" look="quiet" className="!text-accent" isBusy={all.isBusy} onClick={all.select}>
          {t('selectAllOf', { count: all.count })}
        </Button>
      )}
      {BULK_ACTIONS.map((name) => (
        <Button key={name} size="small" icon={VM_ACTION_ICONS[name]} onClick={() => setAction(name)}>
          {say({ key: `operations.${name}` })}
        </Button>
      ))}
      <Button size="small" look="quiet" onClick={onClear}>
        {t('clearSelection')}
      </Button>
      {action && <BulkActionDialog action={action} vms={vms} onClose={() => setAction(null)} />}
    </>
  );
}
