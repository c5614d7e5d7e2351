import type { VmState } from '@vireo/contracts';

/** virDomainState, as `domstats --raw` gives `state.state` (libvirt-domain.h). */
const STATES: readonly VmState[] = [
  'unknown',
  'running',
  'blocked',
  'paused',
  'shuttingDown',
  'shutOff',
  'crashed',
  'suspended',
];

export function domainStateOf(code: number): VmState {
  return STATES[code] ?? 'unknown';
}

/** virDomain*Reason by state (libvirt-domain.h), for people who look closer. Index = code. */
const REASONS: Partial<Record<VmState, readonly string[]>> = {
  running: [
    'unknown',
    'booted',
    'migrated',
    'restored',
    'from snapshot',
    'unpaused',
    'migration canceled',
    'save canceled',
    'wakeup',
    'crashed',
    'post-copy',
    'post-copy failed',
  ],
  paused: [
    'unknown',
    'user',
    'migration',
    'save',
    'dump',
    'I/O error',
    'watchdog',
    'from snapshot',
    'shutting down',
    'snapshot',
    'crashed',
    'starting up',
    'post-copy',
    'post-copy failed',
    'API error',
  ],
  shuttingDown: ['unknown', 'user'],
  shutOff: [
    'unknown',
    'shutdown',
    'destroyed',
    'crashed',
    'migrated',
    'saved',
    'failed',
    'from snapshot',
    'daemon',
  ],
  crashed: ['unknown', 'panicked'],
};

export function domainStateReasonOf(state: VmState, code: number): string | null {
  return code === 0 ? null : (REASONS[state]?.[code] ?? null);
}
