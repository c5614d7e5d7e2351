'use client';

import { useMutation } from '@tanstack/react-query';
import { Button } from '@vireo/ui/button';
import { Callout } from '@vireo/ui/callout';
import { Field, TextInput } from '@vireo/ui/field';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useTRPC } from '@/data/trpc';
import { failureOf } from '@/data/vireo-failure';
import { useSay } from '@/i18n/use-say';

/** Changes one's own password. `knownCurrent`: it was typed a moment ago and isn't asked again. */
export function PasswordForm({
  knownCurrent,
  submitLabel,
  onDone,
}: {
  knownCurrent?: string;
  submitLabel: string;
  onDone: () => void;
}) {
  const t = useTranslations('frame');
  const say = useSay();
  const trpc = useTRPC();
  const [current, setCurrent] = useState(knownCurrent ?? '');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const change = useMutation(trpc.session.changePassword.mutationOptions({ onSuccess: onDone }));
  const differ = again !== '' && again !== next;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!differ && again !== '') change.mutate({ current, next });
  };
  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-3">
      {knownCurrent === undefined && (
        <Field label={t('currentPassword')}>
          <TextInput
            type="password"
            autoComplete="current-password"
            required
            value={current}
            onChange={(event) => setCurrent(event.target.value)}
          />
        </Field>
      )}
      <Field label={t('newPassword')}>
        <TextInput
          type="password"
          name="newPassword"
          autoComplete="new-password"
          required
          value={next}
          onChange={(event) => setNext(event.target.value)}
        />
      </Field>
      <Field label={t('repeatPassword')} error={differ ? t('passwordsDiffer') : undefined}>
        <TextInput
          type="password"
          name="repeatPassword"
          autoComplete="new-password"
          required
          value={again}
          onChange={(event) => setAgain(event.target.value)}
        />
      </Field>
      {change.error && <Callout tone="danger" title={say(failureOf(change.error).message)} />}
      <Button type="submit" look="primary" isBusy={change.isPending}>
        {submitLabel}
      </Button>
    </form>
  );
}
