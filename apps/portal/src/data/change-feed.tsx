'use client';

import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { keysTouchedBy } from './change-keys.ts';
import { ReReader } from './re-reader.ts';
import { useTRPCClient } from './trpc.tsx';
import { failureOf } from './vireo-failure.ts';

const FeedContext = createContext(true);

/** Whether the page hears of changes. False: what is shown may be old. */
export const useIsLive = () => useContext(FeedContext);

/** Silence that is too short to speak of. */
const GRACE_MS = 1500;
const RETRY_MS = 3000;

/** The tab's one subscription to the change feed. Changes re-read what is on screen; after a gap everything is. */
export function ChangeFeed({ onSignedOut, children }: { onSignedOut: () => void; children: ReactNode }) {
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const [isLive, setIsLive] = useState(true);
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` subscribes anew after an error
  useEffect(() => {
    const reader = new ReReader(queryClient);
    let graceTimer: ReturnType<typeof setTimeout> | undefined;
    let retryTimer: ReturnType<typeof setTimeout> | undefined;
    const wentSilent = () => {
      graceTimer ??= setTimeout(() => setIsLive(false), GRACE_MS);
    };
    const cameBack = () => {
      clearTimeout(graceTimer);
      graceTimer = undefined;
      setIsLive((was) => {
        if (!was) void queryClient.invalidateQueries();
        return true;
      });
    };
    const subscription = client.change.follow.subscribe(undefined, {
      onStarted: cameBack,
      onData: ({ data }) => {
        for (const change of data) for (const key of keysTouchedBy(change)) reader.mark(key);
      },
      onConnectionStateChange: ({ state }) => {
        if (state === 'connecting') wentSilent();
        if (state === 'pending') cameBack();
      },
      onError: (error) => {
        if (failureOf(error).code === 'auth.required') return onSignedOut();
        wentSilent();
        retryTimer = setTimeout(() => setAttempt((n) => n + 1), RETRY_MS);
      },
    });
    return () => {
      subscription.unsubscribe();
      clearTimeout(graceTimer);
      clearTimeout(retryTimer);
      reader.stop();
    };
  }, [client, queryClient, onSignedOut, attempt]);

  return <FeedContext value={isLive}>{children}</FeedContext>;
}
