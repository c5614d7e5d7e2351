'use client';

import { useMutation } from '@tanstack/react-query';
import type { VmRow } from '@vireo/contracts';
import { Button } from '@vireo/ui/button';
import { Dialog } from '@vireo/ui/dialog';
import { Progress } from '@vireo/ui/meter';
import { toast } from '@vireo/ui/toast';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useSession } from '@/data/session.tsx';
import { useTRPC } from '@/data/trpc.tsx';
import { failureOf } from '@/data/vireo-failure.ts';
import { useSay } from '@/i18n/use-say.ts';
import { bulkVerdict } from './bulk-verdict.ts';
import { ACTION_WORDS, type BulkAction } from './vm-actions.ts';
import { vmRequest } from './vm-request.ts';

type BulkVm = Pick<VmRow, 'id' | 'name' | 'state' | 'hostConnection' | 'busy'>;
const NAMES_SHOWN = 12;

/** Says per VM what a bulk action will do and what it leaves out and why; then does it, one task per VM. */
export function BulkActionDialog({
  action,
  vms,
  onClose,
}: {
  action: BulkAction;
  vms: readonly BulkVm[];
  onClose: () => void;
}) {
  const t = useTranslations('vm.bulk');
  const tAction = useTranslations('vm.action');
  const say = useSay();
  const { user } = useSession();
  const trpc = useTRPC();
  const submit = useMutation(trpc.operation.submit.mutationOptions());
  const [doneCount, setDoneCount] = useState<number | null>(null);
  const verdict = bulkVerdict(action, vms, user.role);
  const word = say({ key: `operations.${action}` });
  const wontCount = vms.length - verdict.will.length;

  const run = async () => {
    const chosen = verdict.will;
    const refusals = new Map<string, number>();
    setDoneCount(0);
    for (const [index, vm] of chosen.entries()) {
      try {
        await submit.mutateAsync(vmRequest(action, vm));
      } catch (error) {
        const reason = say(failureOf(error).message);
        refusals.set(reason, (refusals.get(reason) ?? 0) + 1);
      }
      setDoneCount(index + 1);
    }
    const refused = [...refusals.values()].reduce((sum, count) => sum + count, 0);
    if (refused < chosen.length)
      toast.ok(t('submitted', { operation: word, count: chosen.length - refused }));
    for (const [reason, count] of refusals) toast.error(t('refused', { count, reason }));
    onClose();
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      closeLabel={tAction('close')}
      title={t('title', { operation: word, count: vms.length })}
      footer={
        <>
          {doneCount !== null && (
            <span className="flex flex-1 items-center gap-2 text-xs text-muted">
              <Progress percent={(doneCount / verdict.will.length) * 100} label={word} />
              {t('progress', { done: doneCount, total: verdict.will.length })}
            </span>
          )}
          <Button onClick={onClose}>{tAction('cancel')}</Button>
          <Button
            look={action === 'vm.stop' || action === 'vm.reset' ? 'danger' : 'primary'}
            disabledReason={verdict.will.length > 0 ? null : t(`verbs.${ACTION_WORDS[action]}`, { will: 0 })}
            isBusy={doneCount !== null}
            onClick={() => void run()}
          >
            {verdict.will.length > 0 ? t('submit', { operation: word, count: verdict.will.length }) : word}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <p className="font-medium">{t(`verbs.${ACTION_WORDS[action]}`, { will: verdict.will.length })}</p>
        <Names vms={verdict.will} />
        {wontCount > 0 && <p className="font-medium">{t('wont', { count: wontCount })}</p>}
        <ul className="flex flex-col gap-2">
          {verdict.wont.map((group) => (
            <li key={say(group.reason)}>
              <p>{say(group.reason)}</p>
              <Names vms={group.vms} />
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}

function Names({ vms }: { vms: readonly BulkVm[] }) {
  const t = useTranslations('vm.bulk');
  if (vms.length === 0) return null;
  const names = vms
    .slice(0, NAMES_SHOWN)
    .map((vm) => vm.name)
    .join(', ');
  return (
    <p className="text-xs break-words text-muted">
      {vms.length <= NAMES_SHOWN ? names : t('namesMore', { names, count: vms.length - NAMES_SHOWN })}
    </p>
  );
}
