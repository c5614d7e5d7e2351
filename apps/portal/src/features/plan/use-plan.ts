'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Plan } from '@vireo/contracts';
import { useTRPCClient } from '@/data/trpc.tsx';
import { failureOf, type VireoFailure } from '@/data/vireo-failure.ts';
import type { OperationRequest } from '../operation/use-submit-operation.ts';

export interface PlanQuery {
  plan: Plan | null;
  failure: VireoFailure | null;
  isLoading: boolean;
  /** The shown Plan is of a request before the current one. */
  isOld: boolean;
}

/** The Plan that the request would run now; null: there is no request yet. Never cached: the world moves. */
export function usePlan(request: OperationRequest | null): PlanQuery {
  const client = useTRPCClient();
  const query = useQuery({
    queryKey: ['plan', request],
    queryFn: () => (request ? client.operation.plan.mutate(request) : null),
    enabled: request !== null,
    staleTime: 0,
    gcTime: 0,
    retry: false,
    placeholderData: keepPreviousData,
  });
  return {
    plan: query.data ?? null,
    failure: query.error ? failureOf(query.error) : null,
    isLoading: query.isFetching,
    isOld: query.isPlaceholderData,
  };
}
