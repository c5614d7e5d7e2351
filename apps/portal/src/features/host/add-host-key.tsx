'use client';

import { Button } from '@vireo/ui/button';
import { Callout } from '@vireo/ui/callout';
import { Checkbox } from '@vireo/ui/field';
import { SkeletonLines } from '@vireo/ui/skeleton';
import { useTranslations } from 'next-intl';
import { useSay } from '@/i18n/use-say';
import type { AddHost } from './use-add-host.ts';

/** The key that the host presents; goes on only when the person says that it is theirs. */
export function AddHostKey({ wizard }: { wizard: AddHost }) {
  const t = useTranslations('host.add');
  const host = useTranslations('host');
  const common = useTranslations('common');
  const say = useSay();
  const { probe } = wizard;
  const algorithm = probe.found?.hostKey.split(' ')[0] ?? '';
  return (
    <div className="flex max-w-2xl flex-col gap-4">
      {probe.isAsking && <SkeletonLines count={3} label={t('asking')} />}
      {probe.error && (
        <Callout
          tone="danger"
          title={host('probeFailed')}
          actions={
            <Button size="small" onClick={wizard.askKey}>
              {common('retry')}
            </Button>
          }
        >
          {say(probe.error)}
        </Callout>
      )}
      {probe.found && (
        <>
          <div>
            <p className="mb-1 font-medium">{t('keyTitle')}</p>
            <p className="rounded-md border border-line bg-sunken px-3 py-2 font-mono text-sm break-all">
              <span className="text-muted">{algorithm}</span> {probe.found.fingerprint}
            </p>
          </div>
          <div>
            <p className="mb-1 text-muted">{t('keyHint')}</p>
            <code className="block rounded-md border border-line bg-sunken px-3 py-2 text-xs break-all">
              for key in /etc/ssh/ssh_host_*_key.pub; do ssh-keygen -lf $key; done
            </code>
          </div>
          <Checkbox
            label={t('confirmKey')}
            checked={wizard.isConfirmed}
            onChange={(event) => wizard.setIsConfirmed(event.target.checked)}
          />
        </>
      )}
      <div className="flex justify-between gap-2">
        <Button onClick={() => wizard.go('reach')}>{common('back')}</Button>
        <Button
          look="primary"
          disabledReason={wizard.isConfirmed ? null : t('confirmFirst')}
          onClick={() => void wizard.check()}
        >
          {common('next')}
        </Button>
      </div>
    </div>
  );
}
