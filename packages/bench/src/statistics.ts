/** The value below which `share` (0..1) of the samples lie, by nearest rank. */
export function quantile(samples: readonly number[], share: number): number {
  if (samples.length === 0) throw new Error('no samples');
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;
}

export const median = (samples: readonly number[]) => quantile(samples, 0.5);
export const p95 = (samples: readonly number[]) => quantile(samples, 0.95);

/** One line of the result: what, the number, and whether it meets its target. */
export interface Measurement {
  id: string;
  what: string;
  value: number;
  unit: string;
  /** e.g. { at: 'most', value: 1.25 }; absent: for information. */
  target?: { at: 'most' | 'least'; value: number };
  detail?: Record<string, unknown>;
}

export function meetsTarget(m: Measurement): boolean | null {
  if (!m.target) return null;
  return m.target.at === 'most' ? m.value <= m.target.value : m.value >= m.target.value;
}
