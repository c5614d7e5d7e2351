'use client';

import { Button } from '@vireo/ui/button';
import { Field, RadioCards, TextArea, TextInput } from '@vireo/ui/field';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { type AddHostDraft, type AddHostField, problemsOf } from './add-host-draft.ts';
import type { AddHost } from './use-add-host.ts';

/** Where the host is and how to sign in to it. */
export function AddHostReach({ wizard }: { wizard: AddHost }) {
  const t = useTranslations('host.add');
  const common = useTranslations('common');
  const { draft, setDraft } = wizard;
  const [wasSent, setWasSent] = useState(false);
  const problems = problemsOf(draft);
  const wrong = (field: AddHostField, rule: string) => (wasSent && problems.has(field) ? rule : undefined);
  const set = (patch: Partial<AddHostDraft>) => setDraft({ ...draft, ...patch });
  const send = (event: FormEvent) => {
    event.preventDefault();
    setWasSent(true);
    if (problems.size === 0) wizard.askKey();
  };
  return (
    <form
      method="post"
      onSubmit={send}
      noValidate
      autoComplete="off"
      className="flex max-w-xl flex-col gap-4"
    >
      <div className="grid gap-4 sm:grid-cols-[1fr_120px]">
        <Field
          label={t('address')}
          hint={t('addressHint')}
          error={wrong('address', t('addressRule'))}
          isRequired
        >
          <TextInput
            name="address"
            autoFocus
            value={draft.address}
            maxLength={253}
            onChange={(event) => set({ address: event.target.value.trim() })}
          />
        </Field>
        <Field label={t('port')} error={wrong('port', t('portRule'))}>
          <TextInput
            name="port"
            inputMode="numeric"
            value={draft.port}
            maxLength={5}
            onChange={(event) => set({ port: event.target.value.trim() })}
          />
        </Field>
      </div>
      <Field label={t('user')} hint={t('userHint')} error={wrong('user', t('userRule'))} isRequired>
        <TextInput
          name="user"
          value={draft.user}
          maxLength={32}
          autoCapitalize="off"
          onChange={(event) => set({ user: event.target.value.trim() })}
        />
      </Field>
      <RadioCards
        legend={t('credential')}
        name="kind"
        value={draft.kind}
        onChange={(kind) => set({ kind: kind === 'password' ? 'password' : 'privateKey', secret: '' })}
        choices={[
          { value: 'password', label: t('password'), hint: t('passwordHint') },
          { value: 'privateKey', label: t('privateKey'), hint: t('privateKeyHint') },
        ]}
      />
      {draft.kind === 'password' ? (
        <Field label={t('password')} error={wrong('secret', t('secretRule'))} isRequired>
          <TextInput
            type="password"
            name="secret"
            autoComplete="off"
            value={draft.secret}
            onChange={(event) => set({ secret: event.target.value })}
          />
        </Field>
      ) : (
        <PrivateKeyField
          value={draft.secret}
          error={wrong('secret', t('secretRule'))}
          onChange={(secret) => set({ secret })}
        />
      )}
      <Field label={t('name')} hint={t('nameHint')} error={wrong('name', t('nameRule'))}>
        <TextInput
          name="name"
          value={draft.name}
          maxLength={80}
          onChange={(event) => set({ name: event.target.value })}
        />
      </Field>
      <div className="flex justify-end">
        <Button type="submit" look="primary">
          {common('next')}
        </Button>
      </div>
    </form>
  );
}

function PrivateKeyField({
  value,
  error,
  onChange,
}: {
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}) {
  const t = useTranslations('host.add');
  return (
    <>
      <Field label={t('privateKey')} error={error} isRequired>
        <TextArea
          name="secret"
          rows={6}
          spellCheck={false}
          className="font-mono text-xs"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      </Field>
      <Field label={t('keyFile')}>
        <TextInput
          type="file"
          className="!h-auto py-1.5"
          onChange={(event) => {
            void event.target.files?.[0]?.text().then(onChange);
          }}
        />
      </Field>
    </>
  );
}
