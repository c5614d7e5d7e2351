import type { Duplex } from 'node:stream';
import { VireoError } from '@vireo/contracts';
import type { Client, ClientChannel } from 'ssh2';

type Answer = (error: Error | undefined, channel: ClientChannel) => void;

/** Byte stream to a TCP port as the host sees it. sshd doesn't count these as sessions. */
export function tunnelTcp(client: Client, address: string, port: number): Promise<Duplex> {
  return open(`${address}:${port}`, (answer) => client.forwardOut('127.0.0.1', 0, address, port, answer));
}

/** Byte stream to a unix socket on the host. */
export function tunnelUnix(client: Client, path: string): Promise<Duplex> {
  return open(path, (answer) => client.openssh_forwardOutStreamLocal(path, answer));
}

function open(target: string, ask: (answer: Answer) => void): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const refuse = (error: unknown) => {
      const detail = error instanceof Error ? error.message : String(error);
      reject(new VireoError('host.unreachable', { name: target, address: target, detail }, { cause: error }));
    };
    try {
      ask((error, channel) => {
        if (error) refuse(error);
        else resolve(channel);
      });
    } catch (error) {
      refuse(error);
    }
  });
}
