import type { StepState, TaskState } from '@vireo/contracts';
import type { Tone } from '@vireo/ui/tone';

export const TASK_TONES: Record<TaskState, Tone> = {
  queued: 'neutral',
  running: 'info',
  waiting: 'warn',
  unwinding: 'warn',
  done: 'ok',
  failed: 'danger',
  stuck: 'danger',
  cancelled: 'neutral',
};

export const STEP_TONES: Record<StepState, Tone> = {
  pending: 'neutral',
  running: 'info',
  done: 'ok',
  skipped: 'neutral',
  failed: 'danger',
  undoing: 'warn',
  undone: 'neutral',
  undoFailed: 'danger',
};
