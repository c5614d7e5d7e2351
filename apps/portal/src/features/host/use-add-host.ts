'use client';

import type { MessageRef, TaskView } from '@vireo/contracts';
import { useState } from 'react';
import { useTRPCClient } from '@/data/trpc';
import { failureOf } from '@/data/vireo-failure';
import { type OperationRequest, useSubmitOperation } from '@/features/operation/use-submit-operation';
import { useTaskOutcome } from '@/features/task/use-task-outcome';
import { type AddHostDraft, NEW_HOST, nameOf } from './add-host-draft.ts';
import { type Probe, useProbe } from './use-probe.ts';

export const ADD_HOST_STEPS = ['reach', 'key', 'check', 'review', 'done'] as const;
export type AddHostStep = (typeof ADD_HOST_STEPS)[number];

type AddHostInput = Extract<OperationRequest, { operation: 'host.add' }>['input'];

interface Followed {
  task: TaskView | null;
  isRunning: boolean;
  error: MessageRef | null;
  submit: (request: OperationRequest) => Promise<void>;
  fail: (error: MessageRef) => void;
}

/** Submits a task quietly and follows it to its end. */
function useFollowedTask(): Followed {
  const { submit } = useSubmitOperation();
  const [taskId, setTaskId] = useState<string | null>(null);
  const [isSending, setIsSending] = useState(false);
  const [refusal, setRefusal] = useState<MessageRef | null>(null);
  const { task, hasEnded } = useTaskOutcome(taskId);
  return {
    task,
    isRunning: isSending || (taskId !== null && !hasEnded),
    error: refusal ?? (hasEnded && task?.state !== 'done' ? (task?.error ?? null) : null),
    fail: setRefusal,
    submit: async (request) => {
      setTaskId(null);
      setRefusal(null);
      setIsSending(true);
      const result = await submit(request, { opensDrawer: false, toastsFailure: false, isQuiet: true });
      setIsSending(false);
      if (result.isOk) setTaskId(result.taskId);
      else setRefusal(result.failure.message);
    },
  };
}

export interface AddHost {
  step: AddHostStep;
  go: (step: AddHostStep) => void;
  draft: AddHostDraft;
  setDraft: (draft: AddHostDraft) => void;
  isConfirmed: boolean;
  setIsConfirmed: (isConfirmed: boolean) => void;
  probe: Probe;
  preflight: Followed;
  adding: Followed;
  /** What `host.add` is asked with; null until the credential is sealed and the key confirmed. */
  input: AddHostInput | null;
  askKey: () => void;
  check: () => Promise<void>;
  add: () => Promise<void>;
  restart: () => void;
}

/** The wizard's state: each step needs what the one before it found. */
export function useAddHost(): AddHost {
  const client = useTRPCClient();
  const [step, setStep] = useState<AddHostStep>('reach');
  const [draft, setDraft] = useState(NEW_HOST);
  const [secretId, setSecretId] = useState<string | null>(null);
  const [isConfirmed, setIsConfirmed] = useState(false);
  const probe = useProbe();
  const preflight = useFollowedTask();
  const adding = useFollowedTask();
  const port = Number(draft.port);
  const reachWith = (sealed: string) => ({
    address: draft.address,
    port,
    user: draft.user,
    secretId: sealed,
    hostKey: probe.found?.hostKey ?? '',
  });

  const seal = async (): Promise<string | null> => {
    try {
      const { secretId: sealed } = await client.host.sealCredential.mutate({
        address: draft.address,
        port,
        kind: draft.kind,
        value: draft.secret,
      });
      setSecretId(sealed);
      return sealed;
    } catch (error) {
      preflight.fail(failureOf(error).message);
      return null;
    }
  };
  const input =
    secretId && probe.found && isConfirmed ? { ...reachWith(secretId), name: nameOf(draft) } : null;

  return {
    step,
    go: setStep,
    draft,
    setDraft: (next) => {
      if (next.secret !== draft.secret || next.kind !== draft.kind || next.address !== draft.address)
        setSecretId(null);
      setDraft(next);
    },
    isConfirmed,
    setIsConfirmed,
    probe,
    preflight,
    adding,
    input,
    askKey: () => {
      setIsConfirmed(false);
      setStep('key');
      probe.ask(draft.address, port);
    },
    check: async () => {
      setStep('check');
      const sealed = secretId ?? (await seal());
      if (sealed) await preflight.submit({ operation: 'host.preflight', input: reachWith(sealed) });
    },
    add: async () => {
      if (!input) return;
      setStep('done');
      await adding.submit({ operation: 'host.add', input });
    },
    restart: () => {
      setDraft(NEW_HOST);
      setSecretId(null);
      setIsConfirmed(false);
      probe.reset();
      setStep('reach');
    },
  };
}
