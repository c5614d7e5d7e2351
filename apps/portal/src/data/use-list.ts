'use client';

import { keepPreviousData, type QueryKey, useInfiniteQuery } from '@tanstack/react-query';
import type { ListInput, Page } from '@vireo/contracts';
import { useCallback, useMemo } from 'react';

export interface ListRead<Row> {
  rows: Row[];
  total: number | null;
  /** First read: show skeletons. */
  isLoading: boolean;
  /** Other filter or sort than what is shown is being read. */
  isStale: boolean;
  hasMore: boolean;
  isLoadingMore: boolean;
  loadMore: () => void;
  error: unknown;
  retry: () => void;
}

/**
 * Reads a list page by page.
 * @param pathKey `trpc.<noun>.list.pathKey()`: the change feed re-reads by it.
 * @param read `(input) => client.<noun>.list.query(input)`; must keep its identity between renders or be cheap to replace.
 */
export function useList<Row>(
  pathKey: QueryKey,
  read: (input: ListInput) => Promise<Page<Row>>,
  { filter, sort, limit = 100 }: { filter: string; sort: string; limit?: number },
): ListRead<Row> {
  const query = useInfiniteQuery({
    queryKey: [...pathKey, { list: { filter, sort, limit } }],
    queryFn: ({ pageParam }) => read({ filter, sort, limit, ...(pageParam && { cursor: pageParam }) }),
    initialPageParam: '',
    getNextPageParam: (last: Page<Row>) => last.nextCursor,
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const { hasNextPage, isFetchingNextPage, isFetching, fetchNextPage } = query;
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage({ cancelRefetch: false });
  }, [hasNextPage, isFetching, fetchNextPage]);
  return {
    rows,
    total: query.data?.pages.at(-1)?.total ?? null,
    isLoading: query.isPending,
    isStale: query.isPlaceholderData,
    hasMore: hasNextPage,
    isLoadingMore: isFetchingNextPage,
    loadMore,
    error: query.error,
    retry: () => void query.refetch(),
  };
}
