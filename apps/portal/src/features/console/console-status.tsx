'use client';

import { StateBadge } from '@vireo/ui/badge';
import type { Tone } from '@vireo/ui/tone';
import { useTranslations } from 'next-intl';
import type { ConsolePhase } from './console-connection.ts';

const TONES: Record<ConsolePhase['kind'], Tone> = {
  connecting: 'info',
  connected: 'ok',
  reconnecting: 'warn',
  waiting: 'neutral',
  closed: 'danger',
};

/** One line that says whether the screen is live, why not, and where the keyboard goes. */
export function ConsoleStatus({
  phase,
  hasKeyboard,
  isViewOnly,
}: {
  phase: ConsolePhase;
  hasKeyboard: boolean;
  isViewOnly: boolean;
}) {
  const t = useTranslations('console');
  const text =
    phase.kind === 'waiting' || phase.kind === 'closed'
      ? t(`reasons.${phase.reason}`)
      : t(`status.${phase.kind}`);
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-line bg-surface px-3 py-1 text-xs">
      <span role="status">
        <StateBadge
          tone={TONES[phase.kind]}
          isBusy={phase.kind === 'reconnecting' || phase.kind === 'connecting'}
        >
          {text}
        </StateBadge>
      </span>
      {phase.kind === 'connected' && (
        <span className="text-muted">
          {isViewOnly ? t('viewOnlyOn') : hasKeyboard ? t('keyboardInVm') : t('typeHint')}
        </span>
      )}
    </div>
  );
}
