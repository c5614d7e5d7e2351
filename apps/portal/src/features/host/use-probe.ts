'use client';

import type { MessageRef } from '@vireo/contracts';
import { useCallback, useState } from 'react';
import { useSubmitOperation } from '@/features/operation/use-submit-operation';
import { useTaskOutcome } from '@/features/task/use-task-outcome';

interface Found {
  hostKey: string;
  fingerprint: string;
}

function foundIn(result: unknown): Found | null {
  if (typeof result !== 'object' || result === null) return null;
  if (!('hostKey' in result && 'fingerprint' in result)) return null;
  const { hostKey, fingerprint } = result;
  return typeof hostKey === 'string' && typeof fingerprint === 'string' ? { hostKey, fingerprint } : null;
}

export interface Probe {
  /** Reads the key that the address presents; nothing is signed in to. */
  ask: (address: string, port: number) => void;
  reset: () => void;
  isAsking: boolean;
  found: Found | null;
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
  const found = foundIn(task?.result);
  const failed = hasEnded && !found;
  return {
    ask: (address, port) => void ask(address, port),
    reset: () => {
      setTaskId(null);
      setRefusal(null);
    },
    isAsking: isSending || (taskId !== null && !hasEnded),
    found: hasEnded ? found : null,
    error: refusal ?? (failed ? (task?.error ?? { key: 'errors.internal' }) : null),
  };
}
