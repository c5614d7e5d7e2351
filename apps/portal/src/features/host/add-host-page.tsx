'use client';

import { mayDoNow, operationFacts } from '@vireo/contracts';
import { Callout } from '@vireo/ui/callout';
import { Card, Facts } from '@vireo/ui/card';
import { Steps } from '@vireo/ui/steps';
import { useTranslations } from 'next-intl';
import { useSession } from '@/data/session';
import { PageHeader } from '@/features/frame/page-header';
import { useReason } from '@/features/operation/action-menu';
import { AddHostChecks } from './add-host-checks.tsx';
import { AddHostDone } from './add-host-done.tsx';
import { nameOf } from './add-host-draft.ts';
import { AddHostKey } from './add-host-key.tsx';
import { AddHostReach } from './add-host-reach.tsx';
import { AddHostReview } from './add-host-review.tsx';
import { ADD_HOST_STEPS, type AddHostStep, useAddHost } from './use-add-host.ts';

/** Add host: reach it, know it by its key, check it, see what will happen, add it. */
export function AddHostPage() {
  const t = useTranslations('host.add');
  const host = useTranslations('host');
  const common = useTranslations('common');
  const reason = useReason();
  const { user } = useSession();
  const wizard = useAddHost();
  const { draft, step } = wizard;
  const refusal = reason(
    mayDoNow(operationFacts('host.add'), { role: user.role, connection: 'connected', busy: null }),
  );
  const titles: Record<AddHostStep, string> = {
    reach: t('stepReach'),
    key: t('stepKey'),
    check: t('stepCheck'),
    review: t('stepReview'),
    done: t('stepDone'),
  };
  return (
    <>
      <PageHeader title={t('title')} crumbs={[{ label: host('title'), href: '/hosts' }]} />
      <div className="grid min-h-0 flex-1 content-start gap-4 overflow-auto px-4 pb-6 md:grid-cols-[180px_minmax(0,1fr)] xl:grid-cols-[180px_minmax(0,1fr)_280px]">
        <Steps
          label={t('steps')}
          current={step}
          steps={ADD_HOST_STEPS.map((id) => ({ id, label: titles[id] }))}
          {...(step !== 'done' && {
            onGo: (id: string) => wizard.go(ADD_HOST_STEPS.find((known) => known === id) ?? 'reach'),
          })}
        />
        <Card title={step === 'done' && wizard.adding.isRunning ? t('adding') : titles[step]}>
          {refusal ? (
            <Callout tone="warn" title={refusal} />
          ) : (
            <>
              {step === 'reach' && <AddHostReach wizard={wizard} />}
              {step === 'key' && <AddHostKey wizard={wizard} />}
              {step === 'check' && <AddHostChecks wizard={wizard} />}
              {step === 'review' && <AddHostReview wizard={wizard} />}
              {step === 'done' && <AddHostDone wizard={wizard} />}
            </>
          )}
        </Card>
        <Card title={t('summary')} className="self-start max-xl:hidden">
          <Facts
            isNarrow
            facts={[
              { id: 'name', label: host('name'), value: nameOf(draft) || common('none') },
              {
                id: 'address',
                label: t('address'),
                value: draft.address ? `${draft.user}@${draft.address}:${draft.port}` : common('none'),
              },
              { id: 'credential', label: t('credential'), value: t(draft.kind) },
              {
                id: 'key',
                label: t('stepKey'),
                value: wizard.isConfirmed ? (
                  <code className="break-all">{wizard.probe.found?.fingerprint}</code>
                ) : (
                  common('none')
                ),
              },
            ]}
          />
        </Card>
      </div>
    </>
  );
}
