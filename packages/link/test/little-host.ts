import { EventEmitter } from 'node:events';
import net from 'node:net';
import ssh2, { type Connection, type ServerChannel } from 'ssh2';
import type { HostEndpoint } from '../src/types.ts';

export type Command = (channel: ServerChannel, line: string) => void;

export interface LittleHost {
  endpoint: HostEndpoint;
  port: number;
  /** Lines of commands that reached it, and the methods by which somebody tried to sign in. */
  lines: string[];
  attempts: string[];
  connections: Set<net.Socket>;
  events: EventEmitter;
  mostAtOnce: () => number;
  /** Stops reading and answering, as a frozen machine does. */
  freeze(): void;
  close(): Promise<void>;
}

export const userKey = ssh2.utils.generateKeyPairSync('ed25519');
const PASSWORD = 'correct horse';

/** A small SSH server in this process whose commands are functions. */
export async function littleHost(options: {
  command?: Command;
  isKeyboardInteractive?: boolean;
  port?: number;
  hostKeys?: string[];
  isForwarding?: boolean;
}): Promise<LittleHost> {
  const hostKeys = options.hostKeys ?? [ssh2.utils.generateKeyPairSync('ed25519').private];
  const lines: string[] = [];
  const attempts: string[] = [];
  const events = new EventEmitter();
  const connections = new Set<net.Socket>();
  let open = 0;
  let most = 0;
  const ssh = new ssh2.Server({ hostKeys }, (connection) => {
    connection.on('error', (error) => events.emit('connectionError', error));
    authenticate(connection, attempts, options.isKeyboardInteractive ?? false);
    connection.on('session', (accept) => {
      accept().on('exec', (acceptExec, _reject, { command }) => {
        lines.push(command);
        open += 1;
        most = Math.max(most, open);
        const channel = acceptExec();
        channel.on('close', () => {
          open -= 1;
        });
        // ssh2 tells of the close only once the input was read.
        setImmediate(() => channel.resume());
        events.emit('command', command);
        (options.command ?? answerOk)(channel, command);
      });
    });
    connection.on('tcpip', (accept, reject, info) => {
      if (!options.isForwarding) return reject?.();
      const channel = accept();
      channel.write(`${info.destIP}:${info.destPort}\n`);
      channel.pipe(channel);
    });
  });
  const server = net.createServer((socket) => {
    connections.add(socket);
    socket.on('error', (error) => events.emit('connectionError', error));
    socket.on('close', () => connections.delete(socket));
    ssh.injectSocket(socket);
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const parsed = ssh2.utils.parseKey(hostKeys[0] ?? '');
  if (parsed instanceof Error) throw parsed;
  return {
    endpoint: {
      address: '127.0.0.1',
      port: address.port,
      user: 'root',
      hostKey: `${parsed.type} ${parsed.getPublicSSH().toString('base64')}`,
      credential: { kind: 'password', password: PASSWORD },
    },
    port: address.port,
    lines,
    attempts,
    connections,
    events,
    mostAtOnce: () => most,
    freeze: () => {
      for (const socket of connections) {
        socket.pause();
        socket.removeAllListeners('data');
        // Whatever ssh2 still wants to say never leaves.
        socket.write = () => true;
      }
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of connections) socket.destroy();
      }),
  };
}

function authenticate(connection: Connection, attempts: string[], isKeyboardInteractive: boolean): void {
  const publicKey = ssh2.utils.parseKey(userKey.public);
  if (publicKey instanceof Error) throw publicKey;
  connection.on('authentication', (context) => {
    attempts.push(context.method);
    if (context.method === 'password' && !isKeyboardInteractive && context.password === PASSWORD) {
      return context.accept();
    }
    if (context.method === 'keyboard-interactive' && isKeyboardInteractive) {
      return context.prompt([{ prompt: 'Password: ', echo: false }], (answers) =>
        answers[0] === PASSWORD ? context.accept() : context.reject(),
      );
    }
    if (context.method === 'publickey' && context.key.data.equals(publicKey.getPublicSSH())) {
      const isProven =
        !context.signature ||
        publicKey.verify(context.blob ?? '', context.signature, context.hashAlgo) === true;
      if (isProven) return context.accept();
    }
    return context.reject(['password', 'publickey', 'keyboard-interactive']);
  });
}

const answerOk: Command = (channel) => {
  channel.exit(0);
  channel.end();
};
