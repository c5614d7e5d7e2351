'use client';

import { HostName, type HostView } from '@vireo/contracts';
import { Field, TextInput } from '@vireo/ui/field';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ConfirmDialog } from '@/features/operation/confirm-dialog';
import { useSubmitOperation } from '@/features/operation/use-submit-operation';
import { PlanQueryView } from '@/features/plan/plan-preview';
import { usePlan } from '@/features/plan/use-plan';
import { useSay } from '@/i18n/use-say';

export function RenameHostDialog({ host, onClose }: { host: HostView; onClose: () => void }) {
  const t = useTranslations('host');
  const say = useSay();
  const { submit, isSubmitting } = useSubmitOperation();
  const [name, setName] = useState(host.name);
  const [error, setError] = useState<string | null>(null);
  const isGood = HostName.safeParse(name).success && name !== host.name;
  const plan = usePlan(isGood ? { operation: 'host.rename', input: { id: host.id, name } } : null);
  const rename = async () => {
    const result = await submit(
      { operation: 'host.rename', input: { id: host.id, name } },
      { objectName: host.name, toastsFailure: false, opensDrawer: false },
    );
    if (result.isOk) onClose();
    else setError(say(result.failure.message));
  };
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t('renameTitle', { name: host.name })}
      description={t('renameHint')}
      danger="none"
      size="medium"
      objectName={host.name}
      confirmLabel={say({ key: 'operations.host.rename' })}
      isBlocked={!isGood}
      isBusy={isSubmitting}
      error={error}
      onConfirm={() => void rename()}
    >
      <Field label={t('newName')} error={name !== host.name && !isGood ? t('nameRule') : undefined}>
        <TextInput
          value={name}
          maxLength={80}
          autoComplete="off"
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      {isGood && <PlanQueryView query={plan} hostNames={{ [host.id]: host.name }} />}
    </ConfirmDialog>
  );
}
