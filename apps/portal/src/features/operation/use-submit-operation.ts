'use client';

import { useMutation } from '@tanstack/react-query';
import type { inferRouterInputs } from '@trpc/server';
import type { AppRouter } from '@vireo/api';
import { toast } from '@vireo/ui/toast';
import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { useTRPCClient } from '@/data/trpc';
import { failureOf, type VireoFailure } from '@/data/vireo-failure';
import { useTaskDrawer } from '@/features/task/task-drawer-context';
import { useSay } from '@/i18n/use-say';

/** An operation and what it takes, before its defaults are filled in. */
export type OperationRequest = inferRouterInputs<AppRouter>['operation']['submit'];

export interface SubmitOptions {
  /** What it is about, for the toast. */
  objectName?: string;
  /** false: the caller shows the task itself (wizards). */
  opensDrawer?: boolean;
  /** Nothing is said at all: the caller shows the task. */
  isQuiet?: boolean;
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
    mutationFn: (request: OperationRequest) => client.operation.submit.mutate(request),
  });

  const submit = useCallback(
    async (
      request: OperationRequest,
      { objectName, opensDrawer = true, toastsFailure = true, isQuiet = false }: SubmitOptions = {},
    ): Promise<SubmitResult> => {
      const verb = say({ key: `operations.${request.operation}` });
      try {
        const { taskId } = await mutateAsync(request);
        if (opensDrawer) openTask(taskId);
        else if (!isQuiet)
          toast.info(objectName ? t('submittedFor', { verb, name: objectName }) : t('submitted', { verb }), {
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
