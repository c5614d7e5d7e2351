import { createLog } from './log.ts';
import { settingsFrom } from './settings.ts';
import { createVrm } from './vrm.ts';

/** The start script looks for this line, shows it once and keeps it out of the log. */
const FIRST_PASSWORD = 'VIREO_FIRST_PASSWORD';
/** And for this one, which comes last. */
const READY = 'VIREO_READY';

const { logLevel, ...settings } = settingsFrom(process.env);
const log = createLog(logLevel);
const parent = process.ppid;

async function main(): Promise<void> {
  const starting = createVrm({ ...settings, log });
  let isStopping = false;
  const stop = async (why: string) => {
    if (isStopping) return;
    isStopping = true;
    log.info({ why }, 'stopping');
    // Told to stop while it still starts: what was begun is ended in order.
    await (await starting).stop();
    process.exit(0);
  };
  const stopOrDie = (why: string) => void stop(why).catch(die);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopOrDie(signal));
  // Whoever started us may be killed without a word: then we have another parent.
  setInterval(() => {
    if (process.ppid !== parent) stopOrDie('the parent process is gone');
  }, 1_000).unref();

  const { firstPassword } = await starting;
  if (firstPassword !== null) process.stdout.write(`${FIRST_PASSWORD} ${firstPassword}\n`);
  process.stdout.write(`${READY}\n`);
}

/** What can't be handled ends the process: the next start recovers from the database. */
function die(error: unknown): void {
  log.fatal({ err: error }, 'vrm ends');
  process.exit(1);
}

process.on('unhandledRejection', die);
process.on('uncaughtException', die);
main().catch(die);
