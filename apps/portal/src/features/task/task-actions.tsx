'use client';

import { useMutation } from '@tanstack/react-query';
import { isOpenTask, type TaskView } from '@vireo/contracts';
import { Button } from '@vireo/ui/button';
import { toast } from '@vireo/ui/toast';
import { useTranslations } from 'next-intl';
import { useSession } from '@/data/session.tsx';
import { useTRPC } from '@/data/trpc.tsx';
import { failureOf } from '@/data/vireo-failure.ts';
import { useSay } from '@/i18n/use-say.ts';

/** Cancel, try again, and for a shutdown that the guest ignored the forced stop. Each says why when it can't be done. */
export function TaskActions({ task, onOpenTask }: { task: TaskView; onOpenTask(taskId: string): void }) {
  const t = useTranslations('task');
  const trpc = useTRPC();
  const say = useSay();
  const session = useSession();
  const roleReason = session.may('task.cancel') ? null : t('roleForbids');
  const onError = (error: unknown) => toast.error(say(failureOf(error).message));
  const cancel = useMutation(
    trpc.task.cancel.mutationOptions({ onSuccess: () => toast.info(t('cancelRequested')), onError }),
  );
  const retry = useMutation(
    trpc.task.retry.mutationOptions({ onSuccess: ({ taskId }) => onOpenTask(taskId), onError }),
  );
  const isOpen = isOpenTask(task.state);
  return (
    <div className="flex flex-wrap gap-2">
      {isOpen && (
        <Button
          size="small"
          disabledReason={roleReason ?? (task.canCancel ? null : t('cannotCancelNow'))}
          isBusy={cancel.isPending}
          onClick={() => cancel.mutate({ id: task.id })}
        >
          {t('cancel')}
        </Button>
      )}
      {!isOpen && task.state !== 'done' && (
        <Button
          size="small"
          disabledReason={roleReason ?? (task.canRetry ? null : t('cannotRetry'))}
          isBusy={retry.isPending}
          onClick={() => retry.mutate({ id: task.id })}
        >
          {t('retry')}
        </Button>
      )}
      {task.operation === 'vm.shutdown' && task.state === 'failed' && (
        <ForceStop task={task} onOpenTask={onOpenTask} />
      )}
    </div>
  );
}

function ForceStop({ task, onOpenTask }: { task: TaskView; onOpenTask(taskId: string): void }) {
  const t = useTranslations('task');
  const trpc = useTRPC();
  const say = useSay();
  const session = useSession();
  const submit = useMutation(
    trpc.operation.submit.mutationOptions({
      onSuccess: ({ taskId }) => onOpenTask(taskId),
      onError: (error) => toast.error(say(failureOf(error).message)),
    }),
  );
  return (
    <>
      <Button
        size="small"
        look="danger"
        disabledReason={
          session.may('vm.power') ? null : say({ key: 'mayNot.role', params: { permission: 'vm.power' } })
        }
        isBusy={submit.isPending}
        onClick={() => submit.mutate({ operation: 'vm.stop', input: { id: task.objectId } })}
      >
        {t('forceStop')}
      </Button>
      <p className="basis-full text-xs text-muted">{t('forceStopHint')}</p>
    </>
  );
}
