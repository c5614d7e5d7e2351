import { createLog, createVrm, settingsFrom } from '../src/index.ts';

/**
 * A VRM that kills itself without a word at a chosen turn of a step: VIREO_CRASH_AT is `<operation> <step> <phase>`.
 * Started by crash.lab.test.ts.
 */
const { logLevel, ...settings } = settingsFrom(process.env);
const crashAt = process.env.VIREO_CRASH_AT;

await createVrm({
  ...settings,
  log: createLog(logLevel),
  engine: { leaseMs: 3000 },
  observer: {
    onStep: ({ operation, stepId, phase }) => {
      if (`${operation} ${stepId} ${phase}` === crashAt) process.kill(process.pid, 'SIGKILL');
    },
  },
});
process.on('SIGTERM', () => process.exit(0));
