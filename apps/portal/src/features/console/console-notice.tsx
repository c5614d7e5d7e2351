'use client';

import type { VmView } from '@vireo/contracts';
import { Button } from '@vireo/ui/button';
import { MonitorOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useVmActions } from '../vm/use-vm-actions.tsx';
import type { ConsolePhase } from './console-connection.ts';

/** In the middle of the screen while it is not live: why, and what can be done about it. */
export function ConsoleNotice({
  vm,
  phase,
  onRetry,
}: {
  vm: VmView;
  phase: Exclude<ConsolePhase, { kind: 'connected' }>;
  onRetry: () => void;
}) {
  const t = useTranslations('console');
  const { run, reasonAgainst, dialog } = useVmActions();
  if (phase.kind === 'connecting') return null;
  const hasNoGraphics = phase.reason === 'noScreen' && vm.hardware.graphics.kind === 'none';
  return (
    <div className="absolute inset-0 flex items-center justify-center p-4">
      <div className="flex max-w-md flex-col items-center gap-3 rounded-lg bg-raised px-6 py-5 text-center shadow-float">
        <MonitorOff size={22} aria-hidden className="text-muted" />
        <p>
          {phase.kind === 'reconnecting'
            ? t('status.reconnecting')
            : t(hasNoGraphics ? 'reasons.noGraphics' : `reasons.${phase.reason}`)}
        </p>
        {phase.reason === 'notRunning' && (
          <Button
            look="primary"
            disabledReason={reasonAgainst('vm.start', vm)}
            onClick={() => run('vm.start', vm)}
          >
            {t('start')}
          </Button>
        )}
        {phase.kind === 'closed' && phase.reason === 'sessionEnded' && (
          <Button look="primary" onClick={() => window.location.reload()}>
            {t('signIn')}
          </Button>
        )}
        {phase.kind === 'closed' && phase.reason !== 'sessionEnded' && (
          <Button onClick={onRetry}>{t('retry')}</Button>
        )}
      </div>
      {dialog}
    </div>
  );
}
