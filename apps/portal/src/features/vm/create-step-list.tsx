'use client';

import { clsx } from 'clsx';
import { CircleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { CREATE_STEPS, type CreateStep } from './create-draft.ts';

/** The wizard's steps; each can be gone to at any time. */
export function CreateStepList({
  current,
  wrong,
  onGo,
}: {
  current: CreateStep;
  wrong: ReadonlySet<CreateStep>;
  onGo: (step: CreateStep) => void;
}) {
  const t = useTranslations('vm.wizard');
  return (
    <nav aria-label={t('steps')}>
      <ol className="flex flex-wrap gap-1 lg:flex-col">
        {CREATE_STEPS.map((step, index) => (
          <li key={step}>
            <button
              type="button"
              aria-current={step === current ? 'step' : undefined}
              onClick={() => onGo(step)}
              className={clsx(
                'flex w-full items-center gap-2.5 rounded-md px-2.5 py-2 text-left hover:bg-hover',
                step === current && 'bg-selected font-medium',
              )}
            >
              <span
                aria-hidden
                className={clsx(
                  'flex size-5 shrink-0 items-center justify-center rounded-full text-xs',
                  step === current ? 'bg-accent-fill text-accent-ink' : 'bg-neutral-soft text-muted',
                )}
              >
                {index + 1}
              </span>
              <span className="min-w-0 flex-1">{t(`step.${step}`)}</span>
              {wrong.has(step) && (
                <span className="text-danger">
                  <CircleAlert size={15} aria-hidden />
                  <span className="sr-only">{t('stepHasProblem')}</span>
                </span>
              )}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
