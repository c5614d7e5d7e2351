import { startTrialConsole } from '@vireo/workshop/trial-console';

/**
 * Brings a whole console up with a data directory of its own; takes it down after the last test. On the lab the tests add
 * the hosts themselves, through the wizard.
 */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const hosts = process.env.VIREO_TEST_HOSTS === 'simulator' ? 'simulator' : 'none';
  const trial = await startTrialConsole(hosts, Number(process.env.VIREO_E2E_PORT ?? 3100));
  return () => trial.stop();
}
