import type { HostConnection, VmState } from '@vireo/contracts';
import type { Tone } from '@vireo/ui/tone';

export const VM_TONES: Record<VmState, Tone> = {
  running: 'ok',
  blocked: 'ok',
  paused: 'warn',
  shuttingDown: 'info',
  shutOff: 'neutral',
  crashed: 'danger',
  suspended: 'warn',
  unknown: 'warn',
};

export const CONNECTION_TONES: Record<HostConnection, Tone> = {
  connecting: 'info',
  connected: 'ok',
  unreachable: 'danger',
  keyChanged: 'danger',
  authRefused: 'danger',
};
