import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { failureOf } from './vireo-failure.ts';

/** Refusals don't get better by asking again; a silent server may. */
function shouldRetry(count: number, error: unknown): boolean {
  return failureOf(error).code === 'unavailable' && count < 2;
}

/** @param onSignedOut called when the API says that nobody is signed in (any more), or that the password must change. */
export function makeQueryClient(onSignedOut: (code: string) => void): QueryClient {
  const watch = (error: unknown) => {
    const { code } = failureOf(error);
    if (code === 'auth.required' || code === 'auth.passwordChangeRequired') onSignedOut(code);
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError: watch }),
    mutationCache: new MutationCache({ onError: watch }),
    defaultOptions: {
      queries: {
        // The change feed says when something is old.
        staleTime: 30_000,
        refetchOnWindowFocus: false,
        retry: shouldRetry,
        retryDelay: 800,
      },
      mutations: { retry: false },
    },
  });
}
