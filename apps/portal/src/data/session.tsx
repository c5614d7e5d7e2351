'use client';

import { useQuery } from '@tanstack/react-query';
import { type Permission, roleHas, type SessionView } from '@vireo/contracts';
import { createContext, type ReactNode, useContext } from 'react';
import { useTRPC } from './trpc.tsx';

const SessionContext = createContext<SessionView | null>(null);

/** Whoever is signed in. Only inside the frame, where somebody is. */
export function useSession(): SessionView & { may: (permission: Permission) => boolean } {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession outside the frame');
  return { ...session, may: (permission) => roleHas(session.user.role, permission) };
}

export function SessionProvider({ session, children }: { session: SessionView; children: ReactNode }) {
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** The session as the API tells it: null when nobody is signed in. */
export function useCurrentSession() {
  const trpc = useTRPC();
  return useQuery(trpc.session.current.queryOptions(undefined, { staleTime: 5 * 60_000 }));
}
