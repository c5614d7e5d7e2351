import { readFileSync } from 'node:fs';
import { testHost } from '@vireo/lab';
import { probeHostKey } from '@vireo/link';
import { contract } from './contract.ts';

contract(async () => {
  const { address, keyFile } = testHost();
  const privateKey = readFileSync(keyFile, 'utf8');
  const hostKey = await probeHostKey(address, 22, 5000);
  return { address, port: 22, user: 'root', hostKey, credential: { kind: 'privateKey', privateKey } };
});
