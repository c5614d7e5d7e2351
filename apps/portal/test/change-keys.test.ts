import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { describe, expect, it, vi } from 'vitest';
import { keysTouchedBy } from '../src/data/change-keys.ts';
import { ReReader } from '../src/data/re-reader.ts';

const id = '6f1c2a34-0000-4000-8000-000000000001';

describe('keysTouchedBy', () => {
  it('names the object itself and the lists that may show it', () => {
    const keys = keysTouchedBy({ id: '7', kind: 'vm', objectId: id, what: 'upserted' });
    expect(keys).toContainEqual([['vm', 'get'], { input: { id }, type: 'query' }]);
    expect(keys).toContainEqual([['vm', 'list']]);
  });
});

describe('ReReader', () => {
  it('reads once for many marks, and once more when marked while reading', async () => {
    vi.useFakeTimers();
    const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
    const endRead: (() => void)[] = [];
    const read = vi.fn(() => new Promise<number>((resolve) => endRead.push(() => resolve(1))));
    const queryKey = [['vm', 'list'], { list: {} }];
    client.setQueryData(queryKey, 0);
    const stop = new QueryObserver(client, { queryKey, queryFn: read, staleTime: Infinity }).subscribe(
      () => undefined,
    );
    const reader = new ReReader(client);

    for (let i = 0; i < 100; i += 1) reader.mark([['vm', 'list']]);
    await vi.advanceTimersByTimeAsync(20);
    expect(read).toHaveBeenCalledTimes(1);

    reader.mark([['vm', 'list']]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(read).toHaveBeenCalledTimes(1);

    endRead[0]?.();
    await vi.advanceTimersByTimeAsync(1000);
    expect(read).toHaveBeenCalledTimes(2);

    reader.stop();
    stop();
    vi.useRealTimers();
  });
});
