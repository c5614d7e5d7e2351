'use client';

import { Toaster } from '@vireo/ui/toast';
import { TooltipProvider } from '@vireo/ui/tooltip';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { makeQueryClient } from '@/data/query-client';
import { DataProvider, makeTrpcClient } from '@/data/trpc';
import { goToLogin } from '@/features/login/go-to-login';

/** What every page stands on: data, tooltips, toasts. */
export function Providers({ children }: { children: ReactNode }) {
  const t = useTranslations('common');
  const [trpcClient] = useState(makeTrpcClient);
  const [queryClient] = useState(() => makeQueryClient(goToLogin));
  return (
    <DataProvider queryClient={queryClient} trpcClient={trpcClient}>
      <TooltipProvider>{children}</TooltipProvider>
      <Toaster label={t('notifications')} />
    </DataProvider>
  );
}
