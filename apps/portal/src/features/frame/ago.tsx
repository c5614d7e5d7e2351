'use client';

import { useEffect, useState } from 'react';
import { useUnits } from '@/i18n/use-units';

const TICK_MS = 10_000;

/** How long ago; the exact time on hover. */
export function Ago({ at }: { at: string }) {
  const { ago, dateTime } = useUnits();
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <time dateTime={at} title={dateTime(at)} className="shrink-0 text-xs whitespace-nowrap text-muted">
      {ago(at, Math.max(nowMs, Date.parse(at)))}
    </time>
  );
}
