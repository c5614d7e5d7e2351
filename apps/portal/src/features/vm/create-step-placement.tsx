'use client';

import type { HostView, MessageRef } from '@vireo/contracts';
import { Badge } from '@vireo/ui/badge';
import { Callout } from '@vireo/ui/callout';
import { Field, TextArea, TextInput } from '@vireo/ui/field';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useSay } from '@/i18n/use-say.ts';
import { useUnits } from '@/i18n/use-units.ts';
import { chosenHostId } from '../plan/plan-view.ts';
import type { PlanQuery } from '../plan/use-plan.ts';
import { type CreateForm, useProblemText } from './create-form.ts';

/** Name, and where the VM shall run: automatic or a host, each with its verdict from the dry run. */
export function PlacementStep({ form, plan }: { form: CreateForm; plan: PlanQuery }) {
  const { draft, change, problems, options } = form;
  const t = useTranslations('vm.wizard');
  const say = useSay();
  const units = useUnits();
  const problemText = useProblemText(problems);
  const verdicts = new Map(plan.plan?.placement.map((verdict) => [verdict.hostId, verdict]));
  const bestHostId = plan.plan ? chosenHostId(plan.plan) : null;
  /** Why a host can't take the VM; null where nothing is known against it. Why it can, its figures say. */
  const refused = (host: HostView): readonly MessageRef[] | null => {
    const verdict = verdicts.get(host.id);
    if (verdict) return verdict.isAdmitted ? null : verdict.reasons;
    const reasons = (plan.failure?.fields ?? []).flatMap(({ field, ref }) =>
      field === host.name && ref ? [ref] : [],
    );
    return reasons.length > 0 ? reasons : null;
  };
  return (
    <div className="flex flex-col gap-4">
      <Field label={t('name')} hint={t('nameHint')} error={problemText('name')}>
        <TextInput
          value={draft.name}
          onChange={(event) => change({ name: event.target.value })}
          autoComplete="off"
          spellCheck={false}
        />
      </Field>
      <Field label={t('description')} error={problemText('description')}>
        <TextArea
          value={draft.description}
          onChange={(event) => change({ description: event.target.value })}
        />
      </Field>
      <fieldset className="flex flex-col gap-1">
        <legend className="mb-1 text-sm font-medium">{t('placement')}</legend>
        {plan.failure && draft.hostId === '' && <Callout tone="warn" title={say(plan.failure.message)} />}
        <ul className="divide-y divide-line rounded-md border border-line">
          <HostChoice
            value=""
            draftHostId={draft.hostId}
            onChoose={(hostId) => change({ hostId })}
            title={t('automatic')}
            detail={t('automaticHint')}
          />
          {options.hosts.map((host) => (
            <HostChoice
              key={host.id}
              value={host.id}
              draftHostId={draft.hostId}
              onChoose={(hostId) => change({ hostId, datastorePath: '' })}
              title={host.name}
              detail={[
                say({ key: `connections.${host.connection}` }),
                t('hostVms', { count: host.vmCount }),
                ...(host.usage && host.facts
                  ? [
                      t('hostFree', {
                        free: units.mib(host.usage.memoryAvailableMiB),
                        total: units.mib(host.facts.memoryMiB),
                      }),
                    ]
                  : []),
              ].join(' · ')}
              badge={
                <Verdict
                  isAdmitted={refused(host) ? false : verdicts.get(host.id)?.isAdmitted}
                  isBest={host.id === bestHostId}
                />
              }
            >
              <Refusal reasons={refused(host)} />
            </HostChoice>
          ))}
        </ul>
      </fieldset>
    </div>
  );
}

function HostChoice({
  value,
  draftHostId,
  onChoose,
  title,
  detail,
  badge,
  children,
}: {
  value: string;
  draftHostId: string;
  onChoose: (hostId: string) => void;
  title: string;
  detail: string;
  badge?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <li>
      <label className="flex items-start gap-2.5 px-3 py-2 has-checked:bg-selected has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent">
        <input
          type="radio"
          name="hostId"
          value={value}
          checked={draftHostId === value}
          onChange={() => onChoose(value)}
          className="mt-0.5 size-4 shrink-0 accent-(--accent-fill) focus-visible:outline-none"
        />
        <span className="min-w-0 flex-1">
          <span className="flex flex-wrap items-center gap-x-2">
            <span className="font-medium break-words">{title}</span>
            {badge}
          </span>
          <span className="block text-xs text-muted">{detail}</span>
          {children}
        </span>
      </label>
    </li>
  );
}

function Verdict({ isAdmitted, isBest }: { isAdmitted: boolean | undefined; isBest: boolean }) {
  const t = useTranslations('vm.wizard');
  if (isAdmitted === undefined) return null;
  if (!isAdmitted) return <Badge tone="warn">{t('verdictRefused')}</Badge>;
  return <Badge tone={isBest ? 'ok' : 'info'}>{t(isBest ? 'verdictChosen' : 'verdictAdmitted')}</Badge>;
}

function Refusal({ reasons }: { reasons: readonly MessageRef[] | null }) {
  const say = useSay();
  return reasons?.map((reason) => (
    <span key={reason.key} className="block text-xs">
      {say(reason)}
    </span>
  ));
}
