import { hostAddress, labKeyPath } from './settings.ts';

/**
 * The real host that tests of other packages talk to, and the file of root's private key on it: the lab's first one, or
 * any other that VIREO_TEST_HOST and VIREO_TEST_HOST_KEY_FILE name.
 */
export function testHost(): { address: string; keyFile: string } {
  const { VIREO_TEST_HOST, VIREO_TEST_HOST_KEY_FILE } = process.env;
  return {
    address: VIREO_TEST_HOST ?? hostAddress('cna01'),
    keyFile: VIREO_TEST_HOST_KEY_FILE ?? labKeyPath(),
  };
}
