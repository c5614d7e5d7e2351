import type { Duplex } from 'node:stream';
import type { Guest } from './guest.ts';
import { PixelFormat } from './pixel-format.ts';
import { ROW_COUNT, ROW_HEIGHT, SCREEN_HEIGHT, SCREEN_WIDTH } from './text-screen.ts';

const RAW = 0;
/** A peer that sends this much without making sense is cut off. */
const INPUT_LIMIT = 1024 * 1024;

/** Length of each message that a viewer may send, given its first bytes (RFC 6143, 7.5); null: more is needed to know. */
function messageLength(input: Buffer): number | null {
  switch (input[0]) {
    case 0:
      return 20;
    case 2:
      return input.length < 4 ? null : 4 + 4 * input.readUInt16BE(2);
    case 3:
      return 10;
    case 4:
      return 8;
    case 5:
      return 6;
    case 6:
      return input.length < 8 ? null : 8 + input.readUInt32BE(4);
    default:
      return Number.NaN;
  }
}

/**
 * Serves a guest's screen by RFB 3.8 (RFC 6143): no password, as QEMU's VNC on a socket, raw pixels, only rows that
 * changed. Ends with the stream.
 */
export function serveRfb(stream: Duplex, guest: Guest, name: string): void {
  new RfbConnection(stream, guest, name).start();
}

type Stage = 'version' | 'security' | 'init' | 'messages';

class RfbConnection {
  readonly #stream: Duplex;
  readonly #guest: Guest;
  readonly #name: string;
  #input = Buffer.alloc(0);
  #stage: Stage = 'version';
  #format = new PixelFormat();
  #dirty = new Set<number>();
  #isUpdateWanted = false;

  constructor(stream: Duplex, guest: Guest, name: string) {
    this.#stream = stream;
    this.#guest = guest;
    this.#name = name;
  }

  start(): void {
    const stopListening = this.#guest.screen.onChange((rows) => {
      for (const row of rows) this.#dirty.add(row);
      this.#update();
    });
    this.#stream.on('data', (chunk: Buffer) => this.#receive(chunk));
    this.#stream.on('error', () => this.#stream.destroy());
    this.#stream.on('close', stopListening);
    this.#stream.on('end', () => this.#stream.end());
    this.#stream.write('RFB 003.008\n');
  }

  #receive(chunk: Buffer): void {
    this.#input = Buffer.concat([this.#input, chunk]);
    if (this.#input.length > INPUT_LIMIT) this.#stream.destroy();
    while (this.#step());
  }

  /** Takes one message off the input. @returns whether there was one */
  #step(): boolean {
    if (this.#stage === 'version') return this.#take(12, () => this.#answer('security', Buffer.from([1, 1])));
    if (this.#stage === 'security') return this.#take(1, () => this.#answer('init', Buffer.alloc(4)));
    if (this.#stage === 'init') return this.#take(1, () => this.#answer('messages', this.#serverInit()));
    if (this.#input.length === 0) return false;
    const length = messageLength(this.#input);
    if (length === null) return false;
    if (Number.isNaN(length) || length > INPUT_LIMIT) {
      this.#stream.destroy();
      return false;
    }
    return this.#take(length, (message) => this.#handle(message));
  }

  #take(length: number, use: (message: Buffer) => void): boolean {
    if (this.#input.length < length) return false;
    const message = this.#input.subarray(0, length);
    this.#input = this.#input.subarray(length);
    use(message);
    return true;
  }

  #answer(next: Stage, bytes: Buffer): void {
    this.#stage = next;
    this.#stream.write(bytes);
  }

  #serverInit(): Buffer {
    const name = Buffer.from(this.#name);
    const head = Buffer.alloc(24);
    head.writeUInt16BE(SCREEN_WIDTH, 0);
    head.writeUInt16BE(SCREEN_HEIGHT, 2);
    this.#format.bytes().copy(head, 4);
    head.writeUInt32BE(name.length, 20);
    return Buffer.concat([head, name]);
  }

  #handle(message: Buffer): void {
    const kind = message[0];
    if (kind === 0) this.#format = PixelFormat.from(message.subarray(4));
    else if (kind === 4 && message[1] === 1) this.#guest.press(message.readUInt32BE(4));
    else if (kind === 3) {
      const isIncremental = message[1] === 1;
      if (!isIncremental) for (let row = 0; row < ROW_COUNT; row++) this.#dirty.add(row);
      this.#isUpdateWanted = true;
      this.#update();
    }
  }

  #update(): void {
    if (!this.#isUpdateWanted || this.#dirty.size === 0) return;
    const rows = [...this.#dirty].sort((a, b) => a - b);
    this.#dirty.clear();
    this.#isUpdateWanted = false;
    const head = Buffer.alloc(4);
    head.writeUInt16BE(rows.length, 2);
    this.#stream.write(
      Buffer.concat([head, ...rows.flatMap((row) => [rectangleHead(row), this.#pixels(row)])]),
    );
  }

  #pixels(row: number): Buffer {
    const { screen } = this.#guest;
    const { dark, light } = this.#format;
    const size = dark.length;
    const pixels = Buffer.alloc(SCREEN_WIDTH * ROW_HEIGHT * size);
    for (let y = 0; y < ROW_HEIGHT; y++)
      for (let x = 0; x < SCREEN_WIDTH; x++)
        (screen.isLit(row, x, y) ? light : dark).copy(pixels, (y * SCREEN_WIDTH + x) * size);
    return pixels;
  }
}

function rectangleHead(row: number): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt16BE(row * ROW_HEIGHT, 2);
  head.writeUInt16BE(SCREEN_WIDTH, 4);
  head.writeUInt16BE(ROW_HEIGHT, 6);
  head.writeInt32BE(RAW, 8);
  return head;
}
