'use client';

import type { EventView } from '@vireo/contracts';
import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';

const LOOKS = {
  info: { Icon: Info, className: 'text-info' },
  warning: { Icon: TriangleAlert, className: 'text-warn' },
  error: { Icon: CircleAlert, className: 'text-danger' },
};

/** `isDecoration`: the word stands beside it. */
export function SeverityIcon({
  severity,
  isDecoration = false,
}: {
  severity: EventView['severity'];
  isDecoration?: boolean;
}) {
  const t = useTranslations('event');
  const { Icon, className } = LOOKS[severity];
  const look = `mt-0.5 shrink-0 ${className}`;
  return isDecoration ? (
    <Icon size={15} aria-hidden className={look} />
  ) : (
    <Icon size={15} role="img" aria-label={t(severity)} className={look} />
  );
}
