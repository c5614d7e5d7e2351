'use client';

import type { ReactNode } from 'react';
import { ChangeFeed } from '@/data/change-feed.tsx';
import { SessionProvider, useCurrentSession } from '@/data/session.tsx';
import { goToLogin } from '../login/go-to-login.ts';
import { TaskDrawer } from '../task/task-drawer.tsx';
import { TaskDrawerProvider } from '../task/task-drawer-context.tsx';

/** A signed-in window without the frame around it. */
export function BareWindow({ children }: { children: ReactNode }) {
  const session = useCurrentSession();
  if (session.data === null || session.data?.user.mustChangePassword) {
    goToLogin();
    return null;
  }
  if (!session.data) return null;
  return (
    <SessionProvider session={session.data}>
      <ChangeFeed onSignedOut={goToLogin}>
        <TaskDrawerProvider>
          {children}
          <TaskDrawer />
        </TaskDrawerProvider>
      </ChangeFeed>
    </SessionProvider>
  );
}
