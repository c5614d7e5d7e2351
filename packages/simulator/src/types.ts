import type { SimHost } from './model/host.ts';

/** What can be wrong with a host. */
export type Fault =
  /** Every answer comes that much later. */
  | { kind: 'slow'; ms: number }
  /** Commands run and never answer. */
  | { kind: 'hang' }
  /** Commands run; then the connection breaks without a word. */
  | { kind: 'dropAfterExec' }
  /** Another machine seems to have the address. */
  | { kind: 'wrongHostKey' }
  /** Commands run, and what they print makes no sense. */
  | { kind: 'garbageOutput' }
  /** Nobody can sign in. */
  | { kind: 'refuseAuth' }
  /** Connections break, and no new ones are taken. */
  | { kind: 'cut' };

export interface SimulatorOptions {
  hosts: number;
  vmsPerHost: number;
  /** The same seed gives the same hosts, keys and VMs. */
  seed?: string;
  /** Hosts listen at this port and the following ones; without it at free ports. */
  basePort?: number;
  user?: string;
  password?: string;
  /** `<algorithm> <base64>` of a key that may sign in, besides the simulator's own ({@link Simulator.privateKey}). */
  authorizedKey?: string;
}

export interface SimulatedHost {
  name: string;
  address: string;
  port: number;
  /** `<algorithm> <base64>` */
  hostKey: string;
  model: SimHost;
}

export interface Simulator {
  hosts: SimulatedHost[];
  user: string;
  password: string;
  /** Opens all its hosts. */
  privateKey: string;
  /** Switches a fault on, or all off (null). @throws Error for a host that there isn't */
  setFault(hostName: string, fault: Fault | null): void;
  close(): Promise<void>;
}
