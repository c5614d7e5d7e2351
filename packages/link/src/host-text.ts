/** Decodes what a host wrote, chunk by chunk, into text that can be stored and shown. */
export class HostText {
  // A byte order mark is kept: dropping bytes silently would make output differ from what the host said.
  #decoder = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true });

  /** @returns the text that this chunk completed; a character cut in two comes with the next chunk. */
  add(chunk: Uint8Array): string {
    return inert(this.#decoder.decode(chunk, { stream: true }));
  }

  /** No more will come. @returns the rest. */
  finish(): string {
    return inert(this.#decoder.decode());
  }
}

/** Invalid UTF-8 has become U+FFFD already; NUL is text that databases refuse. */
function inert(decoded: string): string {
  return decoded.replaceAll('\0', '\ufffd');
}
