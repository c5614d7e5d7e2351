'use client';

import type { MessageRef, Plan } from '@vireo/contracts';
import { Callout } from '@vireo/ui/callout';
import { SkeletonLines } from '@vireo/ui/skeleton';
import { useTranslations } from 'next-intl';
import { type ReactNode, useMemo } from 'react';
import { useSay } from '@/i18n/use-say.ts';
import { PlacementTable } from './placement-table.tsx';
import { PlanSteps } from './plan-steps.tsx';
import { type HostNames, type PlanView, planView } from './plan-view.ts';
import type { PlanQuery } from './use-plan.ts';
import { XmlDiff } from './xml-diff.tsx';

/** "What will happen", while it is worked out, when it was refused, and then the Plan itself. */
export function PlanQueryView({ query, hostNames }: { query: PlanQuery; hostNames?: HostNames }) {
  const t = useTranslations('plan');
  const say = useSay();
  if (query.failure) {
    return (
      <Callout tone="danger" title={t('refused')}>
        {say(query.failure.message)}
      </Callout>
    );
  }
  if (!query.plan) return <SkeletonLines count={8} label={t('loading')} />;
  return (
    <div aria-busy={query.isLoading} className={query.isOld ? 'opacity-60' : undefined}>
      <PlanPreview plan={query.plan} {...(hostNames && { hostNames })} />
    </div>
  );
}

/** A Plan as a person reads it: checks, steps with exact commands, undo, definition, placement, result. */
export function PlanPreview({ plan, hostNames }: { plan: Plan; hostNames?: HostNames }) {
  const t = useTranslations('plan');
  const say = useSay();
  const view = useMemo(() => planView(plan, hostNames), [plan, hostNames]);
  return (
    <div className="flex flex-col gap-5">
      <p className="font-medium break-words">{say(plan.title)}</p>
      {view.placement.length > 0 && (
        <Section title={t('placement')}>
          <PlacementTable placement={view.placement} />
        </Section>
      )}
      <Section title={t('checks')} hint={view.checks.length > 0 ? t('checksHint') : t('noChecks')}>
        <PlanSteps
          kind="check"
          items={view.checks.map((check) => ({
            id: check.id,
            label: say(check.label),
            note: t('ifNot', { remedy: sayRemedy(say, check.remedy) }),
            badge: check.severity === 'should' ? t('should') : null,
            commands: [check.command],
            undo: [],
          }))}
        />
      </Section>
      <Section
        title={t('steps')}
        hint={
          view.steps.length === 0
            ? t('noSteps')
            : t(plan.onFailure === 'unwind' ? 'onFailureUnwind' : 'onFailureStop')
        }
      >
        <PlanSteps
          kind="step"
          items={view.steps.map((step) => ({
            id: step.id,
            label: say(step.label),
            note: stepNote(t, step),
            badge: null,
            commands: step.command ? [step.command] : [],
            undo: step.undo,
          }))}
        />
      </Section>
      {view.xml.length > 0 && (
        <Section title={t('xml')}>
          {view.xml.map(({ vmId, vmName, kind, lines }) => (
            <XmlDiff key={vmId} lines={lines} label={t(`xmlKinds.${kind}`, { name: vmName })} />
          ))}
        </Section>
      )}
      {view.expectedVms.length + view.expectedFiles.length > 0 && (
        <Section title={t('expected')}>
          <ExpectedList view={view} name={plan.object.name} />
        </Section>
      )}
    </div>
  );
}

/** `{observed}` is what the host will answer: not known yet. */
function sayRemedy(say: (ref: MessageRef) => string, remedy: MessageRef): string {
  return say({ key: remedy.key, params: { observed: '…', ...remedy.params } });
}

function stepNote(
  t: ReturnType<typeof useTranslations<'plan'>>,
  step: PlanView['steps'][number],
): string | null {
  if (step.kind === 'connect') return t('connect');
  if (step.kind === 'probeHostKey') return t('probe');
  if (step.timeoutSeconds === null) return null;
  return t(step.kind === 'waitFor' ? 'repeats' : 'timeout', { seconds: step.timeoutSeconds });
}

function Section({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-2">
      <div>
        <h3 className="text-sm font-semibold">{title}</h3>
        {hint && <p className="text-xs text-muted">{hint}</p>}
      </div>
      {children}
    </section>
  );
}

function ExpectedList({ view, name }: { view: PlanView; name: string }) {
  const t = useTranslations('plan');
  const say = useSay();
  return (
    <ul className="flex list-disc flex-col gap-1 pl-5">
      {view.expectedVms.map(({ vmId, state, hostName }) => (
        <li key={vmId} className="break-words">
          {state === 'absent'
            ? t('expectedVmAbsent', { name, host: hostName })
            : t('expectedVm', { name, host: hostName, state: say({ key: `states.${state}` }) })}
        </li>
      ))}
      {view.expectedFiles.map(({ hostName, path, exists }) => (
        <li key={`${hostName} ${path}`} className="break-all">
          {t(exists ? 'expectedFile' : 'expectedNoFile', { path, host: hostName })}
        </li>
      ))}
    </ul>
  );
}
