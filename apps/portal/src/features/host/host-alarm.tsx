'use client';

import type { HostView } from '@vireo/contracts';
import { Button } from '@vireo/ui/button';
import { Callout } from '@vireo/ui/callout';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useSession } from '@/data/session';
import { useReason } from '@/features/operation/action-menu';
import { useSay } from '@/i18n/use-say';
import { useUnits } from '@/i18n/use-units';
import { mayDoHost } from './may-do-host.ts';

const TrustKeyDialog = dynamic(
  () => import('./trust-key-dialog.tsx').then((module) => module.TrustKeyDialog),
  { ssr: false },
);

/** Why the host can't be worked with just now, and what to do about it. Nothing while it is well. */
export function HostAlarm({ host }: { host: HostView }) {
  const t = useTranslations('host');
  const say = useSay();
  const reason = useReason();
  const { dateTime } = useUnits();
  const { user } = useSession();
  const [isTrusting, setIsTrusting] = useState(false);
  if (host.connection === 'connected' || host.connection === 'connecting') return null;
  return (
    <div className="px-4 pb-2">
      <Callout
        tone="danger"
        title={
          host.connectionDetail ? say(host.connectionDetail) : say({ key: `connections.${host.connection}` })
        }
        actions={
          host.connection === 'keyChanged' && (
            <Button
              size="small"
              disabledReason={reason(mayDoHost('host.trustKey', host, user.role))}
              onClick={() => setIsTrusting(true)}
            >
              {t('compareKeys')}
            </Button>
          )
        }
      >
        {host.lastContactAt ? t('asOf', { time: dateTime(host.lastContactAt) }) : t('neverReached')}{' '}
        {t(`next_${host.connection}`)}
      </Callout>
      {isTrusting && <TrustKeyDialog host={host} onClose={() => setIsTrusting(false)} />}
    </div>
  );
}
