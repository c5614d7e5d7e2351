'use client';

import { Badge } from '@vireo/ui/badge';
import { FlaskConical } from 'lucide-react';
import { useTranslations } from 'next-intl';

/** Says plainly that nothing runs on a real machine here. */
export function SimulatedBadge() {
  const t = useTranslations('common');
  return (
    <span title={t('simulatedHint')}>
      <Badge tone="warn" icon={<FlaskConical size={12} aria-hidden />}>
        {t('simulated')}
      </Badge>
    </span>
  );
}
