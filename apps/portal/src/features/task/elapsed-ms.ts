/** Milliseconds between two times of a step or task; the end of one that still runs is `nowMs`. null: it has not begun. */
export function elapsedMs(startedAt: string | null, finishedAt: string | null, nowMs: number): number | null {
  if (startedAt === null) return null;
  const end = finishedAt === null ? nowMs : Date.parse(finishedAt);
  return Math.max(0, end - Date.parse(startedAt));
}
