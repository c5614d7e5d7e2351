import { WebSocket } from 'ws';

/**
 * Reads a VNC screen as fast as it comes: RFB 3.8 without authentication, raw encoding, a new request for the whole
 * screen as soon as the last one is answered (RFC 6143).
 * @returns bytes per second over `durationMs`, after the first full screen.
 */
export function drainScreen(
  url: string,
  headers: Record<string, string>,
  durationMs: number,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, ['binary'], { headers, perMessageDeflate: false });
    let buffered: Buffer = Buffer.alloc(0);
    let stage: 'version' | 'security' | 'result' | 'init' | 'updates' = 'version';
    let request = Buffer.alloc(0);
    let bytes = 0;
    let startedAt = 0;

    const take = (count: number): Buffer | null => {
      if (buffered.length < count) return null;
      const head = buffered.subarray(0, count);
      buffered = buffered.subarray(count);
      return head;
    };
    /** Skips over complete updates at the front; true when one was finished. */
    const updateFinished = (bytesPerPixel: number): boolean => {
      if (buffered.length < 4 || buffered[0] !== 0) return false;
      let offset = 4;
      for (let i = buffered.readUInt16BE(2); i > 0; i -= 1) {
        if (buffered.length < offset + 12) return false;
        const encoding = buffered.readInt32BE(offset + 8);
        offset +=
          12 +
          (encoding === 0
            ? buffered.readUInt16BE(offset + 4) * buffered.readUInt16BE(offset + 6) * bytesPerPixel
            : 0);
      }
      if (buffered.length < offset) return false;
      buffered = buffered.subarray(offset);
      return true;
    };
    const step = (): boolean => {
      if (stage === 'version') {
        if (!take(12)) return false;
        socket.send(Buffer.from('RFB 003.008\n'));
        stage = 'security';
      } else if (stage === 'security') {
        const count = buffered[0];
        if (count === undefined || !take(1 + count)) return false;
        socket.send(Buffer.from([1]));
        stage = 'result';
      } else if (stage === 'result') {
        if (!take(4)) return false;
        socket.send(Buffer.from([1]));
        stage = 'init';
      } else if (stage === 'init') {
        if (buffered.length < 24 || buffered.length < 24 + buffered.readUInt32BE(20)) return false;
        const init = take(24 + buffered.readUInt32BE(20)) ?? Buffer.alloc(24);
        request = Buffer.alloc(10);
        request[0] = 3;
        init.copy(request, 6, 0, 4);
        socket.send(Buffer.from([2, 0, 0, 1, 0, 0, 0, 0]));
        socket.send(request);
        stage = 'updates';
      } else {
        if (!updateFinished(4)) return false;
        if (startedAt === 0) {
          startedAt = performance.now();
          bytes = 0;
        }
        socket.send(request);
      }
      return true;
    };
    socket.on('message', (data: Buffer) => {
      bytes += data.length;
      buffered = buffered.length === 0 ? data : Buffer.concat([buffered, data]);
      while (step()) if (socket.readyState !== WebSocket.OPEN) break;
      if (startedAt > 0 && performance.now() - startedAt >= durationMs) {
        const seconds = (performance.now() - startedAt) / 1000;
        socket.close();
        resolve(bytes / seconds);
      }
    });
    socket.on('error', reject);
    socket.on('close', (code) => reject(new Error(`the screen's socket closed (${code})`)));
  });
}
