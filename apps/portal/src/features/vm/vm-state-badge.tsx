'use client';

import type { VmState } from '@vireo/contracts';
import { StateBadge } from '@vireo/ui/badge';
import { useSay } from '@/i18n/use-say.ts';
import { VM_TONES } from '../frame/state-tones.ts';

/** A VM's observed state. `isBusy`: an open task holds it. */
export function VmStateBadge({ state, isBusy = false }: { state: VmState; isBusy?: boolean }) {
  const say = useSay();
  return (
    <StateBadge tone={VM_TONES[state]} isBusy={isBusy}>
      {say({ key: `states.${state}` })}
    </StateBadge>
  );
}
