'use client';

import { useMutation } from '@tanstack/react-query';
import { Button } from '@vireo/ui/button';
import { Callout } from '@vireo/ui/callout';
import { Field, TextInput } from '@vireo/ui/field';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useCurrentSession } from '@/data/session';
import { useTRPC } from '@/data/trpc';
import { failureOf } from '@/data/vireo-failure';
import { LanguageMenu } from '@/features/frame/language-menu';
import { Mark } from '@/features/frame/mark';
import { ThemeMenu } from '@/features/frame/theme-menu';
import { useSay } from '@/i18n/use-say';
import { safeReturnPath } from './go-to-login.ts';
import { PasswordForm } from './password-form.tsx';

/** Sign-in, and the password change that the first sign-in demands. */
export function LoginPage() {
  const t = useTranslations('login');
  const say = useSay();
  const trpc = useTRPC();
  const back = useSearchParams().get('return');
  const session = useCurrentSession();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useMutation(trpc.session.signIn.mutationOptions());
  const proceed = () => window.location.assign(safeReturnPath(back));

  const signedIn = signIn.data ?? session.data;
  const mustChange = signedIn?.user.mustChangePassword ?? false;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate(
      { username: name, password },
      { onSuccess: (begun) => !begun.user.mustChangePassword && proceed() },
    );
  };

  return (
    <main className="flex min-h-dvh flex-col items-center bg-canvas px-4">
      <title>{`${t('title')} – Vireo`}</title>
      <div className="flex w-full justify-end gap-1 py-3">
        <LanguageMenu />
        <ThemeMenu />
      </div>
      <div className="mt-[10vh] w-full max-w-sm rounded-lg border border-line bg-surface px-6 py-6 shadow-card">
        <div className="mb-5 flex items-center gap-3">
          <Mark size={34} />
          <div>
            <h1 className="text-lg leading-tight font-semibold">{mustChange ? t('firstTitle') : 'Vireo'}</h1>
            <p className="text-xs text-muted">{mustChange ? t('firstHint') : t('tagline')}</p>
          </div>
        </div>
        {mustChange ? (
          <PasswordForm
            {...(password && { knownCurrent: password })}
            submitLabel={t('continue')}
            onDone={proceed}
          />
        ) : (
          <form method="post" onSubmit={submit} className="flex flex-col gap-3">
            {back && !signIn.error && <p className="text-xs text-muted">{t('signedOut')}</p>}
            <Field label={t('user')}>
              <TextInput
                name="username"
                autoComplete="username"
                autoCapitalize="off"
                required
                autoFocus
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            </Field>
            <Field label={t('password')}>
              <TextInput
                type="password"
                name="password"
                autoComplete="current-password"
                required
                value={password}
                onChange={(event) => setPassword(event.target.value)}
              />
            </Field>
            {signIn.error && <Callout tone="danger" title={say(failureOf(signIn.error).message)} />}
            <Button type="submit" look="primary" isBusy={signIn.isPending}>
              {t('signIn')}
            </Button>
          </form>
        )}
      </div>
    </main>
  );
}
