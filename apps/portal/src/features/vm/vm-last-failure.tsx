'use client';

import { useQuery } from '@tanstack/react-query';
import type { VmView } from '@vireo/contracts';
import { Button, IconButton } from '@vireo/ui/button';
import { Callout } from '@vireo/ui/callout';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useTRPC } from '@/data/trpc.tsx';
import { useSay } from '@/i18n/use-say.ts';
import { useTaskDrawer } from '../task/task-drawer-context.tsx';
import { useNow } from '../task/use-now.ts';

const RECENT_MS = 15 * 60_000;

/** The VM's last task, when it went wrong a short while ago: what, why, and the way to what can be done next. */
export function VmLastFailure({ vm }: { vm: VmView }) {
  const t = useTranslations('vm.warnings');
  const trpc = useTRPC();
  const say = useSay();
  const { openTask } = useTaskDrawer();
  const now = useNow(true);
  const [hiddenId, setHiddenId] = useState<string | null>(null);
  const { data } = useQuery(
    trpc.task.list.queryOptions({ filter: `objectId:${vm.id}`, sort: '-createdAt', limit: 1 }),
  );
  const task = data?.items[0];
  if (!task?.finishedAt || (task.state !== 'failed' && task.state !== 'stuck')) return null;
  if (task.id === hiddenId || now - Date.parse(task.finishedAt) > RECENT_MS) return null;
  return (
    <Callout
      tone="danger"
      title={t('lastFailed', { title: say(task.title) })}
      actions={
        <>
          <Button size="small" onClick={() => openTask(task.id)}>
            {t('whatNext')}
          </Button>
          <IconButton
            size="small"
            label={t('hide')}
            icon={<X size={14} />}
            onClick={() => setHiddenId(task.id)}
          />
        </>
      }
    >
      {task.error && say(task.error)}
    </Callout>
  );
}
