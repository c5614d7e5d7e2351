import net from 'node:net';
import ssh2, { type AuthContext, type Connection, type ParsedKey, type ServerChannel } from 'ssh2';
import type { StableKey } from '../host-key.ts';
import type { SimHost } from '../model/host.ts';
import { FileLocks } from '../programs/locks.ts';
import type { Screens } from '../screen/screens.ts';
import type { Fault } from '../types.ts';
import { runExec } from './exec.ts';

export interface Credentials {
  user: string;
  password: string;
  /** `<algorithm> <base64>` */
  publicKeys: readonly string[];
}

/** The SSH server of one simulated host. */
export class HostServer {
  readonly #host: SimHost;
  readonly #screens: Screens;
  readonly #credentials: Credentials;
  readonly #locks = new FileLocks();
  readonly #connections = new Set<net.Socket>();
  readonly #server = net.createServer((socket) => this.#accept(socket));
  readonly #trueSsh: ssh2.Server;
  readonly #impostorKey: StableKey;
  #fault: Fault | null = null;

  constructor(
    host: SimHost,
    screens: Screens,
    credentials: Credentials,
    keys: { own: StableKey; impostor: StableKey },
  ) {
    this.#host = host;
    this.#screens = screens;
    this.#credentials = credentials;
    this.#trueSsh = this.#sshWith(keys.own);
    this.#impostorKey = keys.impostor;
  }

  /** @returns the port */
  listen(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', () => {
        const address = this.#server.address();
        resolve(typeof address === 'object' && address ? address.port : port);
      });
    });
  }

  setFault(fault: Fault | null): void {
    this.#fault = fault;
    if (fault?.kind === 'wrongHostKey' || fault?.kind === 'refuseAuth' || fault?.kind === 'cut')
      this.#dropAll();
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#dropAll();
    });
  }

  #dropAll(): void {
    for (const socket of this.#connections) socket.destroy();
  }

  #accept(socket: net.Socket): void {
    if (this.#fault?.kind === 'cut') {
      socket.destroy();
      return;
    }
    socket.setNoDelay(true);
    this.#connections.add(socket);
    socket.on('close', () => this.#connections.delete(socket));
    socket.on('error', () => socket.destroy());
    const ssh = this.#fault?.kind === 'wrongHostKey' ? this.#sshWith(this.#impostorKey) : this.#trueSsh;
    ssh.injectSocket(socket);
  }

  #sshWith(key: StableKey): ssh2.Server {
    return new ssh2.Server({ hostKeys: [key.privateKey] }, (connection) => this.#serve(connection));
  }

  #serve(connection: Connection): void {
    // The peer went away or spoke nonsense: that is its own affair.
    connection.on('error', () => connection.end());
    connection.on('authentication', (context) => {
      if (this.#fault?.kind !== 'refuseAuth' && this.#admits(context)) context.accept();
      else context.reject(['publickey', 'password']);
    });
    connection.on('session', (accept) => {
      accept().on('exec', (acceptExec, _reject, { command }) => {
        void runExec(acceptExec(), command, {
          host: this.#host,
          locks: this.#locks,
          fault: this.#fault,
          drop: () => this.#dropAll(),
        });
      });
    });
    connection.on('tcpip', (accept, reject, { destPort }) =>
      this.#show(this.#screens.byPort(destPort), accept, reject),
    );
    connection.on('openssh.streamlocal', (accept, reject, { socketPath }) =>
      this.#show(this.#screens.bySocket(socketPath), accept, reject),
    );
  }

  #show(
    serve: ((channel: ServerChannel) => void) | null,
    accept: (() => ServerChannel) | undefined,
    reject: (() => void) | undefined,
  ): void {
    if (serve && accept && this.#fault?.kind !== 'hang') serve(accept());
    else reject?.();
  }

  #admits(context: AuthContext): boolean {
    if (context.username !== this.#credentials.user) return false;
    if (context.method === 'password') return context.password === this.#credentials.password;
    if (context.method !== 'publickey') return false;
    const { key, signature, blob, hashAlgo } = context;
    const known = [...this.#credentials.publicKeys, ...this.#host.authorizedKeys]
      .map(parsedKey)
      .find((one) => one?.getPublicSSH().equals(key.data));
    if (!known) return false;
    // Without a signature the client only asks whether the key would do.
    return !signature || (blob !== undefined && known.verify(blob, signature, hashAlgo) === true);
  }
}

function parsedKey(line: string): ParsedKey | null {
  const key = ssh2.utils.parseKey(line);
  return key instanceof Error ? null : key;
}
