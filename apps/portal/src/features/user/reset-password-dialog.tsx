'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { UserView } from '@vireo/contracts';
import { Field, TextInput } from '@vireo/ui/field';
import { toast } from '@vireo/ui/toast';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useTRPC } from '@/data/trpc';
import { failureOf } from '@/data/vireo-failure';
import { ConfirmDialog } from '@/features/operation/confirm-dialog';
import { useSay } from '@/i18n/use-say';

/** Gives a user a new password, to be changed at the next sign-in. */
export function ResetPasswordDialog({ user, onClose }: { user: UserView; onClose: () => void }) {
  const t = useTranslations('user');
  const say = useSay();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [password, setPassword] = useState('');
  const update = useMutation(
    trpc.user.update.mutationOptions({
      onSuccess: () => {
        toast.ok(t('saved', { name: user.name }));
        onClose();
        return queryClient.invalidateQueries(trpc.user.list.queryFilter());
      },
    }),
  );
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t('setPasswordOf', { name: user.name })}
      description={t('setPasswordHint')}
      danger="disruptive"
      objectName={user.name}
      confirmLabel={t('setPassword')}
      isBlocked={password === ''}
      isBusy={update.isPending}
      error={update.error && say(failureOf(update.error).message)}
      onConfirm={() => update.mutate({ id: user.id, password })}
    >
      <Field label={t('firstPassword')} hint={t('passwordHint')} isRequired>
        <TextInput
          type="password"
          value={password}
          autoComplete="new-password"
          onChange={(event) => setPassword(event.target.value)}
        />
      </Field>
    </ConfirmDialog>
  );
}
