import { bridgesJson, OVS_VERSION_TEXT } from './facts.ts';
import { done, failed, type Invocation, type Outcome, type Program } from './program.ts';

function unknown({ host, args }: Invocation, program: string): Outcome {
  host.unknownCommands.add([program, ...args].join(' '));
  return failed(`${program}: the simulator doesn't know this use\n`, 2);
}

/** test(1) for what stands alone: `-f PATH`, `-e PATH`, `-d PATH`, and the one conjunction that Vireo asks. */
const test: Program = (invocation) => {
  const { host, args } = invocation;
  const answer = (isSo: boolean) => (isSo ? done() : failed(''));
  const [first, second = '', third = ''] = args;
  if (args.length === 2 && (first === '-f' || first === '-e'))
    return answer(host.files.get(second) !== undefined);
  if (args.length === 2 && first === '-d') {
    const bridge = /^\/sys\/class\/net\/([^/]+)\/bridge$/.exec(second)?.[1];
    const isBridge = bridge !== undefined && host.hardware.linuxBridges.includes(bridge);
    return answer(isBridge || host.files.pools.some((pool) => pool.path === second));
  }
  const isFreeQuestion =
    [0, 1, 3, 4, 5].map((i) => args[i]).join(' ') === '! -e -a ! -L' && args[6] === third;
  return isFreeQuestion ? answer(host.files.get(third) === undefined) : unknown(invocation, 'test');
};

const move: Program = (invocation) => {
  const [target, end, from = '', to = ''] = invocation.args;
  if (target !== '-T' || end !== '--' || invocation.args.length !== 4) return unknown(invocation, 'mv');
  const { files } = invocation.host;
  const file = files.get(from);
  if (!file) return failed(`mv: cannot stat '${from}': No such file or directory\n`);
  if (!files.put(to, file))
    return failed(`mv: cannot move '${from}' to '${to}': No such file or directory\n`);
  files.remove(from);
  return done();
};

const remove: Program = (invocation) => {
  const [force, end, ...paths] = invocation.args;
  if (force !== '-f' || end !== '--') return unknown(invocation, 'rm');
  for (const path of paths) invocation.host.files.remove(path);
  return done();
};

const ovsVsctl: Program = (invocation) => {
  const { host } = invocation;
  if (invocation.args[0] === '--version') return done(OVS_VERSION_TEXT);
  const words = invocation.args.filter((arg) => !arg.startsWith('--'));
  if (words[0] === 'br-exists')
    return host.hardware.ovsBridges.includes(words[1] ?? '') ? done() : failed('', 2);
  const columns = invocation.args.find((arg) => arg.startsWith('--columns='))?.slice('--columns='.length);
  const isJsonList = invocation.args.includes('--format=json') && words.join(' ') === 'list bridge';
  return isJsonList && columns
    ? done(bridgesJson(host, columns.split(',')))
    : unknown(invocation, 'ovs-vsctl');
};

const LOOPBACK =
  '[{"ifindex":1,"ifname":"lo","flags":["LOOPBACK","UP","LOWER_UP"],"mtu":65536,"link_type":"loopback"}]\n';

const ip: Program = (invocation) =>
  invocation.args.join(' ') === '-json link show dev lo' ? done(LOOPBACK) : unknown(invocation, 'ip');

const answering =
  (args: string, answer: (invocation: Invocation) => string): Program =>
  (invocation) =>
    invocation.args.join(' ') === args ? done(answer(invocation)) : unknown(invocation, 'this program');

/** Programs of a few lines each. What they don't know is listed and answered with an error, never guessed. */
export const SMALL_PROGRAMS: Readonly<Record<string, Program>> = {
  ...{ test, mv: move, rm: remove, 'ovs-vsctl': ovsVsctl, ip },
  id: answering('-u', () => '0\n'),
  hostname: answering('', ({ host }) => `${host.hardware.hostname}\n`),
  true: () => done(),
  false: () => failed(''),
  echo: ({ args }) => done(`${args.join(' ')}\n`),
  flock: answering('--version', () => 'flock from util-linux 2.38.1\n'),
  prlimit: answering('--version', () => 'prlimit from util-linux 2.38.1\n'),
  timeout: answering('--version', () => 'timeout (GNU coreutils) 9.1\n'),
};
