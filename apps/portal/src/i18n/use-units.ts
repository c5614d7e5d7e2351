'use client';

import { useLocale } from 'next-intl';
import { useMemo } from 'react';

export interface Units {
  number(value: number, digits?: number): string;
  percent(value: number, digits?: number): string;
  /** Binary units: KiB, MiB, GiB, TiB. */
  bytes(bytes: number): string;
  mib(mib: number): string;
  bytesPerSecond(bytes: number): string;
  dateTime(iso: string): string;
  time(iso: string): string;
  /** "3 minutes ago". */
  ago(iso: string, nowMs: number): string;
  /** 850 ms, 3.2 s, 4 min 5 s, 2 h 3 min, 3 d 4 h. */
  duration(ms: number): string;
}

const BINARY = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
const AGO_UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];

function unitsFor(locale: string): Units {
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const number = (value: number, digits = 0) =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
  const unit = (value: number, name: string) =>
    new Intl.NumberFormat(locale, {
      style: 'unit',
      unit: name,
      unitDisplay: 'short',
      maximumFractionDigits: value < 10 && name === 'second' ? 1 : 0,
    }).format(value);
  const bytes = (value: number) => {
    let power = 0;
    let scaled = value;
    while (scaled >= 1024 && power < BINARY.length - 1) {
      scaled /= 1024;
      power += 1;
    }
    return `${number(scaled, scaled < 10 && power > 0 ? 1 : 0)} ${BINARY[power]}`;
  };
  return {
    number,
    percent: (value, digits = 0) => `${number(value, digits)}%`,
    bytes,
    mib: (mib) => bytes(mib * 1024 * 1024),
    bytesPerSecond: (value) => `${bytes(value)}/s`,
    dateTime: (iso) => dateTime.format(new Date(iso)),
    time: (iso) => time.format(new Date(iso)),
    ago(iso, nowMs) {
      const seconds = Math.round((Date.parse(iso) - nowMs) / 1000);
      const [name, size] = AGO_UNITS.find(([, s]) => Math.abs(seconds) >= s) ?? (['second', 1] as const);
      return relative.format(Math.trunc(seconds / size), name);
    },
    duration(ms) {
      const seconds = ms / 1000;
      if (ms < 1000) return unit(Math.round(ms), 'millisecond');
      if (seconds < 60) return unit(seconds, 'second');
      if (seconds < 3600)
        return `${unit(Math.floor(seconds / 60), 'minute')} ${unit(Math.floor(seconds % 60), 'second')}`;
      if (seconds < 86_400)
        return `${unit(Math.floor(seconds / 3600), 'hour')} ${unit(Math.floor((seconds % 3600) / 60), 'minute')}`;
      return `${unit(Math.floor(seconds / 86_400), 'day')} ${unit(Math.floor((seconds % 86_400) / 3600), 'hour')}`;
    },
  };
}

/** Numbers, sizes, times and durations by the reader's locale. */
export function useUnits(): Units {
  const locale = useLocale();
  return useMemo(() => unitsFor(locale), [locale]);
}
