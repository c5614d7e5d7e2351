/** The host's words for why a VM is in its state, and the message key that says it in the reader's language. */
export const STATE_REASON_KEYS = {
  booted: 'booted',
  migrated: 'migrated',
  restored: 'restored',
  'from snapshot': 'fromSnapshot',
  unpaused: 'unpaused',
  'migration canceled': 'migrationCanceled',
  'save canceled': 'saveCanceled',
  wakeup: 'wakeup',
  crashed: 'crashed',
  'post-copy': 'postCopy',
  'post-copy failed': 'postCopyFailed',
  user: 'user',
  migration: 'migration',
  save: 'save',
  dump: 'dump',
  'I/O error': 'ioError',
  watchdog: 'watchdog',
  'shutting down': 'shuttingDown',
  snapshot: 'snapshot',
  'starting up': 'startingUp',
  'API error': 'apiError',
  shutdown: 'shutdown',
  destroyed: 'destroyed',
  saved: 'saved',
  failed: 'failed',
  daemon: 'daemon',
  panicked: 'panicked',
} as const;

const isKnown = (reason: string): reason is keyof typeof STATE_REASON_KEYS => reason in STATE_REASON_KEYS;

/** The key of a reason; null for one that hosts did not use to give. */
export function stateReasonKey(
  reason: string,
): (typeof STATE_REASON_KEYS)[keyof typeof STATE_REASON_KEYS] | null {
  return isKnown(reason) ? STATE_REASON_KEYS[reason] : null;
}
