import { stableKey } from './host-key.ts';
import { hostNameOf, populatedHost, sharedPools } from './model/population.ts';
import { Screens } from './screen/screens.ts';
import { HostServer } from './ssh/host-server.ts';
import type { SimulatedHost, Simulator, SimulatorOptions } from './types.ts';

/**
 * Starts simulated hosts: SSH servers on this machine's loopback that answer Vireo's commands as a host with libvirt, QEMU and
 * Open vSwitch would. All in this process; nothing runs on them.
 * @throws Error when a port is taken
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { seed = 'vireo', user = 'root', password = 'simulated', basePort, authorizedKey } = options;
  const own = stableKey(seed, 'user');
  const credentials = {
    user,
    password,
    publicKeys: [own.publicKey, ...(authorizedKey ? [authorizedKey] : [])],
  };
  const population = { hosts: options.hosts, vmsPerHost: options.vmsPerHost, seed };
  const shared = sharedPools(population);
  const servers = new Map<string, HostServer>();
  const hosts: SimulatedHost[] = [];
  const now = Date.now();
  const close = async () => {
    await Promise.all([...servers.values()].map((server) => server.close()));
  };
  for (let i = 0; i < options.hosts; i++) {
    const name = hostNameOf(i);
    const model = populatedHost(population, i, shared, now);
    const keys = { own: stableKey(seed, name, 'host'), impostor: stableKey(seed, name, 'impostor') };
    const server = new HostServer(model, new Screens(model), credentials, keys);
    try {
      const port = await server.listen(basePort === undefined ? 0 : basePort + i);
      hosts.push({ name, address: '127.0.0.1', port, hostKey: keys.own.publicKey, model });
      servers.set(name, server);
    } catch (error) {
      await close();
      throw error;
    }
  }
  return {
    hosts,
    user,
    password,
    privateKey: own.privateKey,
    setFault: (hostName, fault) => {
      const server = servers.get(hostName);
      if (!server) throw new Error(`there is no simulated host "${hostName}"`);
      server.setFault(fault);
    },
    close,
  };
}
