'use client';

import { useTranslations } from 'next-intl';
import type { CreateDraft, CreateField, DraftReading } from './create-draft.ts';
import type { CreateOptions } from './create-options.ts';

/** What each step of the wizard is given. */
export interface CreateForm {
  draft: CreateDraft;
  change(part: Partial<CreateDraft>): void;
  problems: DraftReading['problems'];
  options: CreateOptions;
}

/** The sentence beside a refused field, or undefined. */
export function useProblemText(
  problems: DraftReading['problems'],
): (field: CreateField) => string | undefined {
  const t = useTranslations('vm.wizard.problems');
  return (field) => {
    const problem = problems[field];
    if (!problem) return undefined;
    const own = `${field}_${problem.code}`;
    const params = { limit: Number(problem.params.limit ?? 0) };
    if (own === 'name_too_small') return t('name_too_small');
    if (own === 'name_invalid_format') return t('name_invalid_format');
    if (own === 'name_custom') return t('name_custom');
    if (own === 'description_too_big') return t('description_too_big', params);
    if (own === 'description_invalid_format') return t('description_invalid_format');
    if (own === 'imagePath_missing') return t('imagePath_missing');
    if (problem.code === 'too_small') return t('too_small', params);
    if (problem.code === 'too_big') return t('too_big', params);
    if (problem.code === 'invalid_type') return t('invalid_type');
    if (problem.code === 'not_multiple_of') return t('not_multiple_of');
    if (problem.code === 'missing') return t('missing');
    return t('custom');
  };
}
