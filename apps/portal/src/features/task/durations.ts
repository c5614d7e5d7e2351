/** Milliseconds between two times of a step or task; the end of one that still runs is `nowMs`. null: it has not begun. */
export function elapsedMs(startedAt: string | null, finishedAt: string | null, nowMs: number): number | null {
  if (startedAt === null) return null;
  const end = finishedAt === null ? nowMs : Date.parse(finishedAt);
  return Math.max(0, end - Date.parse(startedAt));
}

export interface DurationParts {
  unit: 'millisecond' | 'second' | 'minute' | 'hour';
  value: number;
}

/** A duration in the units a person would say it in, largest first, at most two. */
export function durationParts(ms: number): DurationParts[] {
  if (ms < 1000) return [{ unit: 'millisecond', value: Math.round(ms) }];
  if (ms < 60_000) return [{ unit: 'second', value: Math.round(ms / 100) / 10 }];
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) {
    return [
      { unit: 'minute', value: Math.floor(seconds / 60) },
      { unit: 'second', value: seconds % 60 },
    ];
  }
  return [
    { unit: 'hour', value: Math.floor(seconds / 3600) },
    { unit: 'minute', value: Math.floor((seconds % 3600) / 60) },
  ];
}
