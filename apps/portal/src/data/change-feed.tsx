'use client';

import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import { keysTouchedBy } from './change-keys.ts';
import { ReReader } from './re-reader.ts';
import { useTRPCClient } from './trpc.tsx';
import { failureOf } from './vireo-failure.ts';

const FeedContext = createContext(true);

/** Whether the page hears of changes. False: what is shown may be old. */
export const useIsLive = () => useContext(FeedContext);

/** Silence that is too short to speak of. */
const GRACE_MS = 1500;
const RETRY_MS = 2000;
const SESSION_KEY = [['session', 'current']];

/** The tab's one subscription to the change feed. Changes re-read what is on screen; after a gap it resumes where it was. */
export function ChangeFeed({ onSignedOut, children }: { onSignedOut: () => void; children: ReactNode }) {
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const [isLive, setIsLive] = useState(true);
  const [attempt, setAttempt] = useState(0);

  const lastId = useRef<string | null>(null);

  useEffect(() => {
    const reader = new ReReader(queryClient);
    let isOver = false;
    let graceTimer: ReturnType<typeof setTimeout> | undefined;
    let retryTimer: ReturnType<typeof setTimeout> | undefined;
    const wentSilent = () => {
      graceTimer ??= setTimeout(() => setIsLive(false), GRACE_MS);
    };
    const askAgain = () => {
      if (isOver) return;
      wentSilent();
      // It may be the session that ended: then the frame leaves for the sign-in page.
      void queryClient.invalidateQueries({ queryKey: SESSION_KEY });
      retryTimer ??= setTimeout(() => setAttempt((n) => n + 1), RETRY_MS);
    };
    const cameBack = () => {
      clearTimeout(graceTimer);
      graceTimer = undefined;
      setIsLive(true);
    };
    const subscription = client.change.follow.subscribe(
      lastId.current === null ? undefined : { lastEventId: lastId.current },
      {
        onStarted: () => {
          // Without an id to resume after, nobody can tell what was missed.
          if (attempt > 0 && lastId.current === null) void queryClient.invalidateQueries();
          cameBack();
        },
        onData: ({ id, data }) => {
          lastId.current = id;
          for (const change of data) for (const key of keysTouchedBy(change)) reader.mark(key);
        },
        onConnectionStateChange: ({ state }) => {
          if (state === 'connecting') wentSilent();
          if (state === 'pending') cameBack();
        },
        // The control plane ends the stream in good order when it stops, and without order when it dies.
        onComplete: askAgain,
        onError: (error) => {
          if (failureOf(error).code === 'auth.required') onSignedOut();
          else askAgain();
        },
      },
    );
    return () => {
      isOver = true;
      subscription.unsubscribe();
      clearTimeout(graceTimer);
      clearTimeout(retryTimer);
      reader.stop();
    };
  }, [client, queryClient, onSignedOut, attempt]);

  return <FeedContext value={isLive}>{children}</FeedContext>;
}
