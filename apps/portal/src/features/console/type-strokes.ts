import { type KeyEvent, type KeyStroke, keyEventsOf } from './key-stroke.ts';

export interface TypeStrokesOptions {
  sendKey(event: KeyEvent): void;
  /** Resolves after about that many milliseconds. */
  pause(ms: number): Promise<void>;
  onProgress(doneCount: number): void;
  signal: AbortSignal;
}

/** QEMU's VNC server holds events back 10 ms from each other and drops what doesn't fit its queue: don't run ahead of it. */
const MS_PER_EVENT = 12;

/** Types the strokes one after the other. @returns how many were typed (fewer than given when aborted). */
export async function typeStrokes(
  strokes: readonly KeyStroke[],
  { sendKey, pause, onProgress, signal }: TypeStrokesOptions,
): Promise<number> {
  let doneCount = 0;
  for (const stroke of strokes) {
    if (signal.aborted) break;
    const events = keyEventsOf(stroke);
    for (const event of events) sendKey(event);
    doneCount += 1;
    onProgress(doneCount);
    await pause(events.length * MS_PER_EVENT);
  }
  return doneCount;
}
