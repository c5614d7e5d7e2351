'use client';

import { useQuery } from '@tanstack/react-query';
import { isVmId, type VmView } from '@vireo/contracts';
import { useTRPC } from '@/data/trpc.tsx';
import { failureOf } from '@/data/vireo-failure.ts';

/** A VM by the id in the address. `isMissing`: there is none, or no more. */
export function useVm(id: string): { vm: VmView | null; isMissing: boolean; error: unknown } {
  const trpc = useTRPC();
  const isId = isVmId(id);
  const { data, error } = useQuery(trpc.vm.get.queryOptions({ id }, { enabled: isId }));
  const isMissing = !isId || (error !== null && failureOf(error).code === 'notFound');
  return { vm: isMissing ? null : (data ?? null), isMissing, error };
}
