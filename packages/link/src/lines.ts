import type { Client } from 'ssh2';
import { HostText } from './host-text.ts';
import type { ExecFailure, LineStream } from './types.ts';

/** A line that long is not one of a tool's: the stream is cut there. */
const LINE_LIMIT = 64 * 1024;

/** Starts a command and hands out its standard output line by line. */
export function openLines(client: Client, line: string, onLine: (line: string) => void): LineStream {
  let hangUp: () => void = () => undefined;
  let isClosed = false;
  const ended = new Promise<ExecFailure | 'exited'>((resolve) => {
    let hasExited = false;
    let pending = '';
    const take = (text: string) => {
      const parts = (pending + text).split('\n');
      pending = (parts.pop() ?? '').slice(0, LINE_LIMIT);
      for (const part of parts) if (!isClosed) onLine(part.replace(/\r$/, ''));
    };
    const decoder = new HostText();
    try {
      client.exec(line, (error, channel) => {
        if (error) return resolve('notSent');
        hangUp = () => {
          channel.signal('TERM');
          channel.close();
          // sshd may confirm only when the program ends; nobody waits for that.
          resolve('cancelled');
        };
        channel.on('error', () => channel.close());
        channel.on('exit', () => {
          hasExited = true;
        });
        channel.on('close', () => resolve(hasExited ? 'exited' : 'connectionLost'));
        channel.on('data', (chunk: Buffer) => take(decoder.add(chunk)));
        channel.stderr.resume();
        channel.end();
        if (isClosed) hangUp();
      });
    } catch {
      // ssh2 throws only when there is no connection to write to.
      resolve('notSent');
    }
  });
  return {
    ended,
    close: () => {
      if (isClosed) return;
      isClosed = true;
      hangUp();
    },
  };
}
