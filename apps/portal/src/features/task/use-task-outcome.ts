'use client';

import { skipToken, useQuery } from '@tanstack/react-query';
import { isOpenTask, type TaskView } from '@vireo/contracts';
import { useTRPC } from '@/data/trpc';

const ASK_AGAIN_MS = 1000;

/** A task that somebody waits for: read until it has ended, also when the change feed is silent. */
export function useTaskOutcome(taskId: string | null): { task: TaskView | null; hasEnded: boolean } {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.task.get.queryOptions(taskId === null ? skipToken : { id: taskId }, {
      refetchInterval: ({ state }) => (state.data && !isOpenTask(state.data.state) ? false : ASK_AGAIN_MS),
    }),
  );
  const task = taskId === null ? null : (query.data ?? null);
  return { task, hasEnded: task !== null && !isOpenTask(task.state) };
}
