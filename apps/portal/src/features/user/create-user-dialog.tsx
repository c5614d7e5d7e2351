'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ROLES, type Role } from '@vireo/contracts';
import { Field, RadioCards, TextInput } from '@vireo/ui/field';
import { toast } from '@vireo/ui/toast';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useTRPC } from '@/data/trpc';
import { failureOf } from '@/data/vireo-failure';
import { ConfirmDialog } from '@/features/operation/confirm-dialog';
import { useSay } from '@/i18n/use-say';

export function CreateUserDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('user');
  const say = useSay();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [role, setRole] = useState<Role>('operator');
  const create = useMutation(
    trpc.user.create.mutationOptions({
      onSuccess: () => {
        toast.ok(t('saved', { name }));
        onClose();
        return queryClient.invalidateQueries(trpc.user.list.queryFilter());
      },
    }),
  );
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t('create')}
      description={t('createHint')}
      danger="none"
      objectName={name}
      confirmLabel={t('create')}
      isBlocked={name === '' || password === ''}
      isBusy={create.isPending}
      error={create.error && say(failureOf(create.error).message)}
      onConfirm={() => create.mutate({ name, password, role })}
    >
      <Field label={t('name')} isRequired>
        <TextInput
          value={name}
          maxLength={64}
          autoComplete="off"
          autoCapitalize="off"
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <Field label={t('firstPassword')} hint={t('passwordHint')} isRequired>
        <TextInput
          type="password"
          value={password}
          autoComplete="new-password"
          onChange={(event) => setPassword(event.target.value)}
        />
      </Field>
      <RadioCards
        legend={t('role')}
        name="role"
        isColumn
        value={role}
        onChange={(value) => setRole(ROLES.find((one) => one === value) ?? role)}
        choices={ROLES.map((choice) => ({
          value: choice,
          label: say({ key: `roles.${choice}` }),
          hint: t(`role_${choice}`),
        }))}
      />
    </ConfirmDialog>
  );
}
