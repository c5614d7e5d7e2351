'use client';

import type { HostView } from '@vireo/contracts';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ConfirmDialog } from '@/features/operation/confirm-dialog';
import { useSubmitOperation } from '@/features/operation/use-submit-operation';
import { PlanQueryView } from '@/features/plan/plan-preview';
import { usePlan } from '@/features/plan/use-plan';
import { useSay } from '@/i18n/use-say';

/** Removing forgets a host; its VMs stay as they are, and run on. */
export function RemoveHostDialog({ host, onClose }: { host: HostView; onClose: () => void }) {
  const t = useTranslations('host');
  const say = useSay();
  const { submit, isSubmitting } = useSubmitOperation();
  const [error, setError] = useState<string | null>(null);
  const plan = usePlan({
    operation: 'host.remove',
    input: { id: host.id, confirmName: host.name },
  });
  const remove = async (confirmName: string) => {
    const result = await submit(
      { operation: 'host.remove', input: { id: host.id, confirmName } },
      { objectName: host.name, toastsFailure: false },
    );
    if (result.isOk) onClose();
    else setError(say(result.failure.message));
  };
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t('removeTitle', { name: host.name })}
      description={t('removeHint', { count: host.vmCount })}
      danger="destructive"
      size="medium"
      objectName={host.name}
      confirmLabel={say({ key: 'operations.host.remove' })}
      isBusy={isSubmitting}
      error={error}
      onConfirm={(typed) => void remove(typed)}
    >
      <PlanQueryView query={plan} hostNames={{ [host.id]: host.name }} />
    </ConfirmDialog>
  );
}
