'use client';

import { Sheet } from '@vireo/ui/sheet';
import { Skeleton } from '@vireo/ui/skeleton';
import dynamic from 'next/dynamic';
import { usePathname, useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type ReactNode, Suspense, useEffect, useState } from 'react';
import { ChangeFeed } from '@/data/change-feed';
import { SessionProvider, useCurrentSession } from '@/data/session';
import { goToLogin } from '@/features/login/go-to-login';
import { TaskDrawerProvider, useTaskDrawer } from '@/features/task/task-drawer-context';
import { LiveStrip } from './live-strip.tsx';
import { adoptPreferences } from './preferences.ts';
import { SideNav } from './side-nav.tsx';
import { TopBar } from './top-bar.tsx';
import { useRemembered } from './use-remembered.ts';

const TaskDrawer = dynamic(() => import('@/features/task/task-drawer').then((module) => module.TaskDrawer), {
  ssr: false,
});

/** What stands around every page of somebody who is signed in. */
export function Frame({ children }: { children: ReactNode }) {
  const t = useTranslations('frame');
  const router = useRouter();
  const pathname = usePathname();
  const session = useCurrentSession();
  const [collapsed, setCollapsed] = useRemembered('nav.collapsed', 'no');
  const [isDrawerOpen, setIsDrawerOpen] = useState(false);
  const mustLeave = session.data === null || session.data?.user.mustChangePassword === true;

  useEffect(() => {
    if (mustLeave) goToLogin();
    else if (session.data) adoptPreferences(session.data, () => router.refresh());
  }, [mustLeave, session.data, router]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each page closes the phone's navigation
  useEffect(() => setIsDrawerOpen(false), [pathname]);

  if (!session.data || mustLeave)
    return <FrameSkeleton notice={session.error ? t('serverAway') : null} onRetry={session.refetch} />;
  const isCollapsed = collapsed === 'yes';
  return (
    <SessionProvider session={session.data}>
      <ChangeFeed onSignedOut={goToLogin}>
        <TaskDrawerProvider>
          <a
            href="#content"
            className="sr-only z-50 rounded-md bg-accent-fill px-3 py-2 text-accent-ink focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
          >
            {t('skip')}
          </a>
          <div className="flex h-dvh flex-col">
            <TopBar onOpenNavigation={() => setIsDrawerOpen(true)} />
            <LiveStrip />
            <div className="flex min-h-0 flex-1">
              <div className="shrink-0 border-r border-line bg-surface max-md:hidden">
                <SideNav isCollapsed={isCollapsed} onCollapse={(yes) => setCollapsed(yes ? 'yes' : 'no')} />
              </div>
              <main
                id="content"
                tabIndex={-1}
                className="flex min-w-0 flex-1 flex-col overflow-hidden focus:outline-none"
              >
                <Suspense>{children}</Suspense>
              </main>
            </div>
          </div>
          <Sheet
            side="left"
            isOpen={isDrawerOpen}
            onClose={() => setIsDrawerOpen(false)}
            title={t('product')}
            closeLabel={t('collapse')}
            className="!w-[min(300px,86vw)]"
          >
            <SideNav isCollapsed={false} />
          </Sheet>
          <TaskDrawerOnDemand />
        </TaskDrawerProvider>
      </ChangeFeed>
    </SessionProvider>
  );
}

/** The drawer's code is read when it is opened for the first time. */
function TaskDrawerOnDemand() {
  const { isOpen } = useTaskDrawer();
  const [wasOpen, setWasOpen] = useState(false);
  if (isOpen && !wasOpen) setWasOpen(true);
  return wasOpen ? <TaskDrawer /> : null;
}

const RETRY_MS = 2500;

function FrameSkeleton({ notice, onRetry }: { notice: string | null; onRetry: () => void }) {
  const t = useTranslations('common');
  useEffect(() => {
    if (!notice) return;
    const timer = setInterval(onRetry, RETRY_MS);
    return () => clearInterval(timer);
  }, [notice, onRetry]);
  return (
    <div className="flex h-dvh flex-col">
      <div className="h-12 border-b border-line bg-surface" />
      {notice && (
        <p role="alert" className="bg-warn-soft px-4 py-1.5 text-xs text-warn">
          {notice}
        </p>
      )}
      <div className="flex flex-1">
        <div className="w-60 border-r border-line bg-surface max-md:hidden" />
        <main className="flex flex-1 flex-col gap-4 p-6" aria-label={t('loading')} aria-busy>
          <Skeleton className="h-6 w-48" />
          <Skeleton className="h-40 w-full" />
        </main>
      </div>
    </div>
  );
}
