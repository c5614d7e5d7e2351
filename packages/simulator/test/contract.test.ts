import { afterAll, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../src/index.ts';
import { contract } from './contract.ts';

let simulator: Simulator | undefined;

contract(async () => {
  simulator = await startSimulator({ hosts: 1, vmsPerHost: 12 });
  const [host] = simulator.hosts;
  if (!host) throw new Error('no host');
  const { address, port, hostKey } = host;
  const credential = { kind: 'privateKey', privateKey: simulator.privateKey } as const;
  return { address, port, user: simulator.user, hostKey, credential };
});

it('knew every command that the contract asked', () => {
  expect([...(simulator?.hosts[0]?.model.unknownCommands ?? [])]).toEqual([]);
});

afterAll(() => simulator?.close());
