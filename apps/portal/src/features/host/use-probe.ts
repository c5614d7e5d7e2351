'use client';

import type { MessageRef } from '@vireo/contracts';
import { useCallback, useState } from 'react';
import { z } from 'zod';
import { useSubmitOperation } from '@/features/operation/use-submit-operation';
import { useTaskOutcome } from '@/features/task/use-task-outcome';

const Found = z.object({ hostKey: z.string(), fingerprint: z.string() });

export interface Probe {
  /** Reads the key that the address presents; nothing is signed in to. */
  ask: (address: string, port: number) => void;
  reset: () => void;
  isAsking: boolean;
  found: z.infer<typeof Found> | null;
  error: MessageRef | null;
}

/** The host key that an address presents now, read by a task of its own. */
export function useProbe(): Probe {
  const { submit } = useSubmitOperation();
  const [taskId, setTaskId] = useState<string | null>(null);
  const [isSending, setIsSending] = useState(false);
  const [refusal, setRefusal] = useState<MessageRef | null>(null);
  const { task, hasEnded } = useTaskOutcome(taskId);
  const ask = useCallback(
    async (address: string, port: number) => {
      setTaskId(null);
      setRefusal(null);
      setIsSending(true);
      const result = await submit(
        { operation: 'host.probe', input: { address, port } },
        { opensDrawer: false, toastsFailure: false, isQuiet: true },
      );
      setIsSending(false);
      if (result.isOk) setTaskId(result.taskId);
      else setRefusal(result.failure.message);
    },
    [submit],
  );
  const found = Found.safeParse(task?.result);
  const failed = hasEnded && !found.success;
  return {
    ask: (address, port) => void ask(address, port),
    reset: () => {
      setTaskId(null);
      setRefusal(null);
    },
    isAsking: isSending || (taskId !== null && !hasEnded),
    found: hasEnded && found.success ? found.data : null,
    error: refusal ?? (failed ? (task?.error ?? { key: 'errors.internal' }) : null),
  };
}
