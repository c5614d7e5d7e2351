'use client';

import type { HostView } from '@vireo/contracts';
import { Callout } from '@vireo/ui/callout';
import { Facts } from '@vireo/ui/card';
import { SkeletonLines } from '@vireo/ui/skeleton';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { ConfirmDialog } from '@/features/operation/confirm-dialog';
import { useSubmitOperation } from '@/features/operation/use-submit-operation';
import { useSay } from '@/i18n/use-say';
import { useProbe } from './use-probe.ts';

/** Shows the trusted fingerprint beside the one that the host presents now, and trusts the latter if the person says so. */
export function TrustKeyDialog({ host, onClose }: { host: HostView; onClose: () => void }) {
  const t = useTranslations('host');
  const say = useSay();
  const probe = useProbe();
  const { submit, isSubmitting } = useSubmitOperation();
  const [error, setError] = useState<string | null>(null);
  const wasAsked = useRef(false);
  useEffect(() => {
    if (wasAsked.current) return;
    wasAsked.current = true;
    probe.ask(host.address, host.port);
  });
  const isSame = probe.found?.fingerprint === host.hostKeyFingerprint;
  const trust = async (confirmName: string) => {
    if (!probe.found) return;
    const result = await submit(
      { operation: 'host.trustKey', input: { id: host.id, hostKey: probe.found.hostKey, confirmName } },
      { objectName: host.name, toastsFailure: false },
    );
    if (result.isOk) onClose();
    else setError(say(result.failure.message));
  };
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t('trustTitle', { name: host.name })}
      description={t('trustHint')}
      danger="destructive"
      size="medium"
      objectName={host.name}
      confirmLabel={say({ key: 'operations.host.trustKey' })}
      isBlocked={!probe.found || isSame}
      isBusy={isSubmitting}
      error={error}
      onConfirm={(typed) => void trust(typed)}
    >
      {probe.isAsking && <SkeletonLines count={2} label={t('probing')} />}
      {probe.error && (
        <Callout tone="danger" title={t('probeFailed')}>
          {say(probe.error)}
        </Callout>
      )}
      {probe.found && (
        <>
          <Facts
            isNarrow
            facts={[
              {
                id: 'trusted',
                label: t('fingerprintTrusted'),
                value: <code className="break-all">{host.hostKeyFingerprint}</code>,
              },
              {
                id: 'presented',
                label: t('fingerprintPresented'),
                value: <code className="break-all">{probe.found.fingerprint}</code>,
              },
            ]}
          />
          {isSame ? (
            <Callout tone="ok" title={t('keySame')} />
          ) : (
            <Callout tone="warn" title={t('keyDiffers')}>
              {t('keyDiffersHint', { command: 'ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub' })}
            </Callout>
          )}
        </>
      )}
    </ConfirmDialog>
  );
}
