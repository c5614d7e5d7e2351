'use client';

import { useMutation } from '@tanstack/react-query';
import type { OperationName, operationNamed } from '@vireo/contracts';
import { toast } from '@vireo/ui/toast';
import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import type { z } from 'zod';
import { useTRPCClient } from '@/data/trpc';
import { failureOf, type VireoFailure } from '@/data/vireo-failure';
import { useTaskDrawer } from '@/features/task/task-drawer-context';
import { useSay } from '@/i18n/use-say';

/** What an operation takes, before its defaults are filled in. */
export type OperationRequest<Name extends OperationName> = z.input<
  ReturnType<typeof operationNamed<Name>>['input']
>;

export interface SubmitOptions {
  /** What it is about, for the toast. */
  objectName?: string;
  /** false: the caller shows the task itself (wizards). */
  opensDrawer?: boolean;
  /** false: the caller shows the refusal itself (dialogs); it is in the result either way. */
  toastsFailure?: boolean;
}

export type SubmitResult = { isOk: true; taskId: string } | { isOk: false; failure: VireoFailure };

/** Submits an operation: a task begins, a toast says so, the task drawer opens. A refusal is told once. */
export function useSubmitOperation() {
  const client = useTRPCClient();
  const say = useSay();
  const t = useTranslations('operation');
  const { openTask } = useTaskDrawer();
  const { mutateAsync, isPending } = useMutation({
    mutationFn: (request: { operation: OperationName; input: unknown }) => client.operation.submit.mutate(request),
  });

  const submit = useCallback(
    async <Name extends OperationName>(
      operation: Name,
      input: OperationRequest<Name>,
      { objectName, opensDrawer = true, toastsFailure = true }: SubmitOptions = {},
    ): Promise<SubmitResult> => {
      const verb = say({ key: `operations.${operation}` });
      try {
        const { taskId } = await mutateAsync({ operation, input });
        if (opensDrawer) openTask(taskId);
        else toast.info(objectName ? t('submittedFor', { verb, name: objectName }) : t('submitted', { verb }), {
          action: { label: t('showTask'), onClick: () => openTask(taskId) },
        });
        return { isOk: true, taskId };
      } catch (error) {
        const failure = failureOf(error);
        if (toastsFailure)
          toast.error(objectName ? t('refusedFor', { verb, name: objectName }) : t('refused', { verb }), {
            description: say(failure.message),
          });
        return { isOk: false, failure };
      }
    },
    [mutateAsync, openTask, say, t],
  );
  return { submit, isSubmitting: isPending };
}
