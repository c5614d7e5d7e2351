'use client';

import { useQuery } from '@tanstack/react-query';
import { Button } from '@vireo/ui/button';
import { Tooltip } from '@vireo/ui/tooltip';
import { ListChecks } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/data/trpc';
import { useTaskDrawer } from '@/features/task/task-drawer-context';

/** How many tasks run; opens the recent ones. */
export function RunningTasks() {
  const t = useTranslations('frame');
  const trpc = useTRPC();
  const { openTasks } = useTaskDrawer();
  const overview = useQuery(trpc.inventory.overview.queryOptions());
  const open = overview.data?.openTasks ?? 0;
  const label = t('runningTasks', { count: open });
  return (
    <Tooltip text={label}>
      <Button look="quiet" aria-label={label} icon={<ListChecks size={16} />} onClick={openTasks}>
        {open > 0 && (
          <span className="min-w-5 rounded-full bg-accent-fill px-1 text-center text-2xs leading-4 text-accent-ink">
            {open}
          </span>
        )}
      </Button>
    </Tooltip>
  );
}
