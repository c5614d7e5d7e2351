export { probeHostKey } from './dial.ts';
export { fingerprintOf } from './host-key.ts';
export { keepSession } from './kept-session.ts';
export { LOCK_BUSY_EXIT_CODE, LOCK_WAIT_SECONDS, quoteArgv } from './quote.ts';
export { openSession } from './session.ts';
export * from './types.ts';
