'use client';

import type { HostConnection } from '@vireo/contracts';
import { StateBadge } from '@vireo/ui/badge';
import { CONNECTION_TONES } from '@/features/frame/state-tones';
import { useSay } from '@/i18n/use-say';

export function ConnectionBadge({ connection }: { connection: HostConnection }) {
  const say = useSay();
  return (
    <StateBadge tone={CONNECTION_TONES[connection]} isBusy={connection === 'connecting'}>
      {say({ key: `connections.${connection}` })}
    </StateBadge>
  );
}
