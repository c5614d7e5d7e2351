import { readFileSync } from 'node:fs';
import { hostAddress, labKeyPath } from '@vireo/lab';
import { probeHostKey } from '@vireo/link';
import { contract } from './contract.ts';

contract(async () => {
  const address = process.env.VIREO_TEST_HOST ?? hostAddress('cna01');
  const privateKey = readFileSync(process.env.VIREO_TEST_HOST_KEY_FILE ?? labKeyPath(), 'utf8');
  const hostKey = await probeHostKey(address, 22, 5000);
  return { address, port: 22, user: 'root', hostKey, credential: { kind: 'privateKey', privateKey } };
});
