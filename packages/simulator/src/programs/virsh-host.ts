import { freeBytesOf, type SimPool } from '../model/files.ts';
import { capabilitiesXml, domainCapabilitiesXml, VERSION_TEXT } from './facts.ts';
import { type Verb, type VirshCall, VirshError } from './virsh-call.ts';
import { table } from './virsh-list.ts';

function poolOf({ host, words }: VirshCall): SimPool {
  const pool = host.files.pools.find((one) => one.name === words[0] || one.uuid === words[0]);
  if (!pool) throw new VirshError(`failed to get pool '${words[0]}'`);
  return pool;
}

export function poolXml(pool: SimPool): string {
  const free = freeBytesOf(pool);
  return `<pool type='dir'>
  <name>${pool.name}</name>
  <uuid>${pool.uuid}</uuid>
  <capacity unit='bytes'>${pool.capacityBytes}</capacity>
  <allocation unit='bytes'>${pool.capacityBytes - free}</allocation>
  <available unit='bytes'>${free}</available>
  <source>
  </source>
  <target>
    <path>${pool.path}</path>
    <permissions>
      <mode>0755</mode>
      <owner>0</owner>
      <group>0</group>
    </permissions>
  </target>
</pool>
`;
}

const poolList: Verb = ({ host, options, isQuiet }) => {
  const pools = [...host.files.pools].sort((a, b) => (a.name < b.name ? -1 : 1));
  if (options.has('--uuid')) return pools.map((pool) => `${pool.uuid}\n`).join('');
  if (options.has('--name')) return pools.map((pool) => `${pool.name}\n`).join('');
  return table(
    ['Name', 'State', 'Autostart'],
    pools.map((pool) => [pool.name, 'active', 'yes']),
    isQuiet,
  );
};

const volList: Verb = (call) => {
  const paths = [...poolOf(call).files.keys()].sort();
  const rows = paths.map((path) => [path.slice(path.lastIndexOf('/') + 1), path]);
  return table(['Name', 'Path'], rows, call.isQuiet);
};

const nodeinfo: Verb = ({ host }) => {
  const { sockets, coresPerSocket, memoryKib } = host.hardware;
  const rows = [
    ['CPU model:', 'x86_64'],
    ['CPU(s):', String(host.cpuCount)],
    ['CPU frequency:', '2600 MHz'],
    ['CPU socket(s):', String(sockets)],
    ['Core(s) per socket:', String(coresPerSocket)],
    ['Thread(s) per core:', '1'],
    ['NUMA cell(s):', '1'],
    ['Memory size:', `${memoryKib} KiB`],
  ];
  return rows.map(([key = '', value]) => `${key.padEnd(20)} ${value}\n`).join('');
};

/** Writes events until the other side hangs up. */
const event: Verb = ({ host, options, invocation }) => {
  if (!options.has('--all') || !options.has('--loop'))
    throw new VirshError('either --list, --all, or --event <type> is required');
  return new Promise((resolve) => {
    const onLine = (line: string) => invocation.write(`${line}\n`);
    host.events.on('line', onLine);
    const end = () => {
      host.events.off('line', onLine);
      resolve('');
    };
    if (invocation.signal.aborted) end();
    else invocation.signal.addEventListener('abort', end, { once: true });
  });
};

export const HOST_VERBS: Readonly<Record<string, Verb>> = {
  event,
  nodeinfo,
  'pool-list': poolList,
  'pool-dumpxml': (call) => poolXml(poolOf(call)),
  'vol-list': volList,
  'net-list': ({ options, isQuiet }) =>
    options.has('--name') ? '' : table(['Name', 'State', 'Autostart', 'Persistent'], [], isQuiet),
  uri: () => 'qemu:///system\n',
  version: ({ options }) =>
    options.has('--daemon') ? VERSION_TEXT : VERSION_TEXT.replace(/Running against.*\n/, ''),
  capabilities: ({ host }) => capabilitiesXml(host),
  domcapabilities: () => domainCapabilitiesXml(),
};
