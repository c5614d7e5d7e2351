import type { Duplex } from 'node:stream';

/** The first word of every RFB server (RFC 6143, 7.1.1). */
const GREETING = 'RFB ';
const PATIENCE_MS = 10_000;

/**
 * Waits until the other end greets as a VNC server, and takes nothing out of the stream. Until then nothing of a browser's
 * may go there: whatever listens at a place that a definition names, only a screen is talked to.
 * @throws Error when it says something else, nothing, or hangs up; the stream is destroyed then.
 */
export function requireScreen(stream: Duplex, patienceMs = PATIENCE_MS): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const settle = () => {
      clearTimeout(timer);
      stream.off('readable', look).off('end', onEnd).off('close', onEnd);
    };
    const refuse = (why: string) => {
      settle();
      stream.destroy();
      reject(new Error(why));
    };
    const onEnd = () => refuse('it hung up before it greeted');
    const look = () => {
      const head: unknown = stream.read(GREETING.length);
      if (head === null) return;
      if (!Buffer.isBuffer(head) || head.toString('latin1') !== GREETING)
        return refuse('it does not greet as a screen does');
      settle();
      stream.off('error', onError);
      stream.unshift(head);
      resolve(stream);
    };
    // Stays after a refusal: a stream that is destroyed may still fail, and nobody else listens then.
    const onError = () => refuse('the way to it broke');
    const timer = setTimeout(() => refuse('it does not greet'), patienceMs);
    stream.on('error', onError).on('end', onEnd).on('close', onEnd).on('readable', look);
  });
}
