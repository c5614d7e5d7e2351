'use client';

import { Button } from '@vireo/ui/button';
import { Callout } from '@vireo/ui/callout';
import { Checkbox } from '@vireo/ui/field';
import { SkeletonLines } from '@vireo/ui/skeleton';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { useTRPCClient } from '@/data/trpc.tsx';
import { useSay } from '@/i18n/use-say.ts';
import { type OperationRequest, useSubmitOperation } from '../operation/use-submit-operation.ts';
import { PlanQueryView } from '../plan/plan-preview.tsx';
import { usePlan } from '../plan/use-plan.ts';
import {
  CREATE_STEPS,
  type CreateStep,
  type DraftReading,
  readDraft,
  stepsWithProblems,
  withImage,
} from './create-draft.ts';
import type { CreateForm } from './create-form.ts';
import { useCreateOptions } from './create-options.ts';
import { ComputeStep } from './create-step-compute.tsx';
import { CreateStepList } from './create-step-list.tsx';
import { NetworkStep } from './create-step-network.tsx';
import { PlacementStep } from './create-step-placement.tsx';
import { StorageStep } from './create-step-storage.tsx';
import { CreateSummary } from './create-summary.tsx';
import { type CreateDraftState, useCreateDraft } from './use-create-draft.ts';
import { useSettled } from './use-settled.ts';

function requestOf({ input }: DraftReading): OperationRequest | null {
  return input && { operation: 'vm.create', input };
}

/** Makes a VM in five steps; as it begins, Next-Next-Create makes a good one. */
export function CreateWizard({ hostId }: { hostId: string }) {
  const t = useTranslations('vm.wizard');
  const drafts = useCreateDraft(hostId);
  if (!drafts.draft) return <SkeletonLines count={8} label={t('title')} />;
  return <Wizard drafts={drafts} stored={drafts.draft} />;
}

function Wizard({
  drafts,
  stored,
}: {
  drafts: CreateDraftState;
  stored: NonNullable<CreateDraftState['draft']>;
}) {
  const t = useTranslations('vm.wizard');
  const say = useSay();
  const router = useRouter();
  const client = useTRPCClient();
  const { submit, isSubmitting } = useSubmitOperation();
  const [step, setStep] = useState<CreateStep>('placement');
  const options = useCreateOptions();
  const { draft, reading, requests } = useMemo(() => {
    const filled = withImage(stored, options.images);
    const onAny = withImage({ ...filled, hostId: '', datastorePath: '' }, options.images);
    const read = readDraft(filled, options);
    return {
      draft: filled,
      reading: read,
      requests: { own: requestOf(read), anyHost: requestOf(readDraft(onAny, options)) },
    };
  }, [stored, options]);
  const plan = usePlan(useSettled(options.isLoading ? null : requests.own, 250));
  // The verdicts on all hosts, also when one is chosen.
  const comparison = usePlan(useSettled(step === 'placement' ? requests.anyHost : null, 250));
  const form: CreateForm = { draft, change: drafts.change, problems: reading.problems, options };

  const wrongSteps = stepsWithProblems(reading.problems);
  const index = CREATE_STEPS.indexOf(step);
  const next = CREATE_STEPS[index + 1];
  const previous = CREATE_STEPS[index - 1];
  const whyNotCreate =
    wrongSteps.size > 0 ? t('reviewIncomplete') : plan.failure ? say(plan.failure.message) : null;

  const create = async () => {
    if (!requests.own) return;
    const result = await submit(requests.own, { objectName: draft.name });
    if (!result.isOk) return;
    drafts.forget();
    const task = await client.task.get.query({ id: result.taskId });
    router.push(`/vms/${task.plan.object.id}`);
  };
  return (
    <div className="grid gap-4 lg:grid-cols-[13rem_minmax(0,1fr)_19rem]">
      <CreateStepList current={step} wrong={wrongSteps} onGo={setStep} />
      <form
        className="flex min-w-0 flex-col gap-4 rounded-lg border border-line bg-surface p-4 shadow-card"
        onSubmit={(event) => {
          event.preventDefault();
          if (next) setStep(next);
          else if (!whyNotCreate) void create();
        }}
      >
        <h2 className="text-base font-semibold">{t(`step.${step}`)}</h2>
        {step === 'placement' && <PlacementStep form={form} plan={comparison} />}
        {step === 'compute' && <ComputeStep form={form} />}
        {step === 'storage' && <StorageStep form={form} />}
        {step === 'network' && <NetworkStep form={form} />}
        {step === 'review' && (
          <>
            <Checkbox
              label={t('start')}
              checked={draft.start}
              onChange={(event) => drafts.change({ start: event.target.checked })}
            />
            <h3 className="font-semibold">{t('review')}</h3>
            {reading.input ? (
              <PlanQueryView query={plan} />
            ) : (
              <Callout tone="warn" title={t('reviewIncomplete')} />
            )}
          </>
        )}
        <div className="mt-auto flex flex-wrap items-center gap-2 border-t border-line pt-3">
          <Button look="quiet" onClick={drafts.startOver}>
            {t('discard')}
          </Button>
          <span className="flex-1" />
          {previous && <Button onClick={() => setStep(previous)}>{t('back')}</Button>}
          {next ? (
            <Button look="primary" type="submit">
              {t('next')}
            </Button>
          ) : (
            <Button look="primary" type="submit" isBusy={isSubmitting} disabledReason={whyNotCreate}>
              {t('submit')}
            </Button>
          )}
        </div>
      </form>
      <div className="flex flex-col gap-3">
        <CreateSummary form={form} plan={plan} />
        {plan.failure && step !== 'review' && <Callout tone="warn" title={say(plan.failure.message)} />}
        <p className="text-xs text-muted">{t('draftKept')}</p>
      </div>
    </div>
  );
}
