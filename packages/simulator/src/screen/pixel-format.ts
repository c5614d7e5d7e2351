const LIGHT = [208, 214, 208] as const;
const DARK = [8, 16, 24] as const;

/** How a viewer wants its pixels (RFC 6143, 7.4). True colour only; a colour map would need more than two colours. */
export class PixelFormat {
  readonly #bytes: Buffer;
  readonly light: Buffer;
  readonly dark: Buffer;

  constructor(bytes = defaultBytes()) {
    this.#bytes = bytes;
    this.light = this.#pixel(LIGHT);
    this.dark = this.#pixel(DARK);
  }

  static from(bytes: Buffer): PixelFormat {
    const isUsable = [8, 16, 32].includes(bytes[0] ?? 0) && bytes[3] === 1;
    return new PixelFormat(isUsable ? Buffer.from(bytes.subarray(0, 16)) : defaultBytes());
  }

  bytes(): Buffer {
    return this.#bytes;
  }

  #pixel(colour: readonly [number, number, number]): Buffer {
    const bits = this.#bytes.readUInt8(0);
    let value = 0;
    for (const [i, part] of colour.entries()) {
      const max = this.#bytes.readUInt16BE(4 + 2 * i);
      value += Math.round((part / 255) * max) * 2 ** this.#bytes.readUInt8(10 + i);
    }
    const pixel = Buffer.alloc(bits / 8);
    if (this.#bytes.readUInt8(2) === 1) pixel.writeUIntBE(value, 0, bits / 8);
    else pixel.writeUIntLE(value, 0, bits / 8);
    return pixel;
  }
}

/** 32 bits, little-endian, blue in the lowest byte: QEMU's own. */
function defaultBytes(): Buffer {
  return Buffer.from([32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 16, 8, 0, 0, 0, 0]);
}
