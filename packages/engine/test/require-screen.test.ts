import { duplexPair } from 'node:stream';
import { expect, it } from 'vitest';
import { requireScreen } from '../src/console/require-screen.ts';

it('passes a screen on with its whole greeting', async () => {
  const [screen, ours] = duplexPair();
  screen.write('RF');
  const waiting = requireScreen(ours);
  screen.write('B 003.008\nmore');
  const passed = await waiting;
  let said = '';
  passed.on('data', (chunk) => {
    said += chunk;
  });
  screen.end();
  await new Promise((resolve) => passed.once('end', resolve));
  expect(said).toBe('RFB 003.008\nmore');
});

it.each(['SSH-2.0-OpenSSH_9.2\r\n', 'HTTP/1.1 400 Bad Request\r\n', '+PONG\r\n', '\0\0\0\u001c', 'RFBx'])(
  'cuts what greets otherwise, before anything was said to it: %j',
  async (greeting) => {
    const [other, ours] = duplexPair();
    let heard = '';
    other.on('data', (chunk) => {
      heard += chunk;
    });
    other.write(greeting);
    await expect(requireScreen(ours)).rejects.toThrow('does not greet as a screen does');
    expect(ours.destroyed).toBe(true);
    expect(heard).toBe('');
  },
);

it('cuts what stays silent or hangs up', async () => {
  const [, silent] = duplexPair();
  await expect(requireScreen(silent, 20)).rejects.toThrow('does not greet');
  const [other, gone] = duplexPair();
  const waiting = requireScreen(gone);
  other.end();
  await expect(waiting).rejects.toThrow('hung up');
});
