import net from 'node:net';
import { VireoError } from '@vireo/contracts';
import ssh2, { type Client, type ConnectConfig, type ServerHostKeyAlgorithm } from 'ssh2';
import { fingerprintOf, hostKeyText, isPinnedKey, pinnedAlgorithm } from './host-key.ts';
import type { HostEndpoint, OpenOptions, ProbeHostKey } from './types.ts';

const DEFAULT_CONNECT_TIMEOUT_MS = 10_000;
/** A frozen peer is noticed after about two seconds. */
const KEEPALIVE_INTERVAL_MS = 500;
const KEEPALIVE_MISSES = 4;

const HOST_KEY_ALGORITHMS: readonly ServerHostKeyAlgorithm[] = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
];

export interface Dialled {
  client: Client;
  socket: net.Socket;
}

/**
 * Connects, compares the host's key with the pinned one, and only then signs in.
 * @throws VireoError `host.unreachable` | `host.keyChanged` | `host.authRefused`
 */
export async function dial(endpoint: HostEndpoint, options: OpenOptions = {}): Promise<Dialled> {
  let presented: Buffer | null = null;
  const attempt = await handshake(endpoint.address, endpoint.port, options, {
    ...credentialConfig(endpoint),
    algorithms: { serverHostKey: preferred(pinnedAlgorithm(endpoint.hostKey)) },
    hostVerifier: (key: Buffer) => {
      presented = key;
      return isPinnedKey(key, endpoint.hostKey);
    },
  });
  if ('client' in attempt) return attempt;
  const where = { name: endpoint.address, address: endpoint.address, port: endpoint.port };
  if (presented && !isPinnedKey(presented, endpoint.hostKey)) {
    throw new VireoError('host.keyChanged', {
      ...where,
      presented: fingerprintOf(hostKeyText(presented)),
      pinned: fingerprintOf(endpoint.hostKey),
    });
  }
  const { error } = attempt;
  const isRefusal =
    error.level === 'client-authentication' || error.message.startsWith('Cannot parse privateKey');
  const code = isRefusal ? 'host.authRefused' : 'host.unreachable';
  throw new VireoError(code, { ...where, user: endpoint.user, detail: error.message }, { cause: error });
}

/** Reads the key that an address presents: `<algorithm> <base64>`. Signs in nowhere. */
export const probeHostKey: ProbeHostKey = async (address, port, timeoutMs) => {
  let presented: Buffer | null = null;
  const attempt = await handshake(
    address,
    port,
    { connectTimeoutMs: timeoutMs },
    {
      username: 'vireo-probe',
      algorithms: { serverHostKey: preferred(null) },
      hostVerifier: (key: Buffer) => {
        presented = key;
        return false;
      },
    },
  );
  if ('client' in attempt) attempt.client.end();
  if (presented) return hostKeyText(presented);
  const detail = 'error' in attempt ? attempt.error.message : 'the host presented no key';
  throw new VireoError('host.unreachable', { name: address, address, port, detail });
};

type DialError = Error & { level?: string };

async function handshake(
  address: string,
  port: number,
  options: OpenOptions,
  config: ConnectConfig,
): Promise<Dialled | { error: DialError }> {
  const timeoutMs = options.connectTimeoutMs ?? DEFAULT_CONNECT_TIMEOUT_MS;
  // Without noDelay a command takes 40 ms more (Nagle against delayed acknowledgements).
  const socket = net.connect({ host: address, port, noDelay: true });
  const client = new ssh2.Client();
  if (config.password !== undefined) answerPasswordPrompt(client, config.password);
  return await new Promise((resolve) => {
    let isSettled = false;
    const settle = (outcome: Dialled | { error: DialError }) => {
      if (isSettled) return;
      isSettled = true;
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', onAbort);
      if ('error' in outcome) {
        client.destroy();
        socket.destroy();
      }
      resolve(outcome);
    };
    const fail = (message: string) => settle({ error: new Error(message) });
    const onAbort = () => fail('the attempt was called off');
    const timer = setTimeout(() => fail(`no answer within ${timeoutMs} ms`), timeoutMs);
    // Stays for the connection's life: an unhandled 'error' would end the process. 'close' always follows.
    client.on('error', (error: DialError) => settle({ error }));
    client.on('ready', () => settle({ client, socket }));
    client.on('close', () => fail('the host closed the connection'));
    socket.on('error', (error: DialError) => settle({ error }));
    options.signal?.addEventListener('abort', onAbort, { once: true });
    if (options.signal?.aborted) return onAbort();
    try {
      client.connect({
        ...config,
        sock: socket,
        readyTimeout: timeoutMs + 1000,
        keepaliveInterval: KEEPALIVE_INTERVAL_MS,
        keepaliveCountMax: KEEPALIVE_MISSES,
        // streamlocal forwarding is an OpenSSH extension; ask for it whatever the server calls itself.
        strictVendor: false,
      });
    } catch (error) {
      settle({ error: error instanceof Error ? error : new Error(String(error)) });
    }
  });
}

function credentialConfig({ user, credential }: HostEndpoint): ConnectConfig {
  if (credential.kind === 'privateKey') {
    const { privateKey } = credential;
    return { username: user, privateKey, authHandler: ['publickey'] };
  }
  const { password } = credential;
  return { username: user, password, tryKeyboard: true, authHandler: ['password', 'keyboard-interactive'] };
}

/** PAM asks once for the password; whatever else a host asks can't be answered from here. */
function answerPasswordPrompt(client: Client, password: string): void {
  let isAnswered = false;
  client.on('keyboard-interactive', (_name, _instructions, _language, prompts, answer) => {
    const isPasswordPrompt = prompts.length === 1 && prompts[0]?.echo !== true && !isAnswered;
    if (isPasswordPrompt) isAnswered = true;
    answer(isPasswordPrompt ? [password] : prompts.map(() => ''));
  });
}

/** The pinned algorithm first, so that a host with several keys presents the one we know. */
function preferred(pinned: string | null): ServerHostKeyAlgorithm[] {
  const first = HOST_KEY_ALGORITHMS.filter(
    (a) => a === pinned || (pinned === 'ssh-rsa' && a.startsWith('rsa-')),
  );
  return [...first, ...HOST_KEY_ALGORITHMS.filter((a) => !first.includes(a))];
}
