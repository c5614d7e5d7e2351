import { createHash } from 'node:crypto';
import { fabricExec } from './fabric.ts';
import { must, run } from './run.ts';
import { hostAddress, type LabSettings } from './settings.ts';

/*
 * A host has three network cards: eth0 in the management bridge, eth1 and eth2 on the data switch. Each is a veth pair
 * whose other end, in the fabric, is named after the host.
 */

const managementPort = (host: string) => `${host}-m`;
const dataPorts = (host: string) => [`${host}-1`, `${host}-2`];

/** Of a card of a host: the same after each boot, as others remember it. Locally administered (second bit of the first byte). */
function hardwareAddress(lab: LabSettings, host: string, card: string): string {
  const hash = createHash('sha256').update(`${lab.dir} ${host} ${card}`).digest('hex');
  return `02:${hash.slice(0, 10).replace(/..(?=.)/g, '$&:')}`;
}

/** Plugs a booting host in. eth2 comes up last: the host waits for it. `pid` is its first process. */
export async function plugIn(lab: LabSettings, host: string, pid: number): Promise<void> {
  const inFabric = ['ip', '-n', lab.fabric];
  const pair = (outer: string, inner: string) =>
    must([
      ...['ip', 'link', 'add', outer, 'netns', lab.fabric, 'type', 'veth'],
      ...['peer', 'name', inner, 'address', hardwareAddress(lab, host, inner), 'netns', String(pid)],
    ]);
  await pair(managementPort(host), 'eth0');
  await must([...inFabric, 'link', 'set', managementPort(host), 'master', 'mgmt', 'up']);
  for (const [index, port] of dataPorts(host).entries()) {
    await pair(port, `eth${index + 1}`);
    await must([...inFabric, 'link', 'set', port, 'up']);
  }
  await fabricExec(['ovs-vsctl', ...addPorts(host)], {}, lab);
  const onHost = ['nsenter', `--net=/proc/${pid}/ns/net`, '--', 'ip'];
  const lines = [
    `address add ${hostAddress(host, lab)}/24 dev eth0`,
    ...['lo', 'eth0', 'eth1', 'eth2'].map((link) => `link set ${link} up`),
  ];
  await must([...onHost, '-batch', '-'], { stdin: `${lines.join('\n')}\n` });
}

function addPorts(host: string): string[] {
  // Removed first, so that the switch takes up the new card and not the one that went with the last boot.
  return dataPorts(host).flatMap((port) => [
    ...['--', '--if-exists', 'del-port', 'tor', port],
    ...['--', 'add-port', 'tor', port],
  ]);
}

/** Takes a dead host's ports off the data switch; its veth pairs go with its namespace, or now. */
export async function unplug(lab: LabSettings, host: string): Promise<void> {
  const ports = dataPorts(host).flatMap((port) => ['--', '--if-exists', 'del-port', 'tor', port]);
  await fabricExec(['ovs-vsctl', ...ports], {}, lab);
  for (const link of [managementPort(host), ...dataPorts(host)])
    await run(['ip', '-n', lab.fabric, 'link', 'delete', link]);
}

/** Cuts or mends a host's management link, and only that. */
export async function setManagementLink(lab: LabSettings, host: string, state: 'up' | 'down'): Promise<void> {
  await must(['ip', '-n', lab.fabric, 'link', 'set', managementPort(host), state]);
}

/** Whether the host's management link is cut. */
export async function managementLinkCut(lab: LabSettings, host: string): Promise<boolean> {
  const shown = await run(['ip', '-n', lab.fabric, '-o', 'link', 'show', managementPort(host)]);
  return shown.exitCode === 0 && !/<[^>]*\bUP\b/.test(shown.stdout);
}
