import { GLYPH_HEIGHT, GLYPH_WIDTH, isLit } from './font.ts';

const COLUMNS = 80;
const ROWS = 25;
const CELL_WIDTH = 8;
const CELL_HEIGHT = 16;
export const SCREEN_WIDTH = COLUMNS * CELL_WIDTH;
export const SCREEN_HEIGHT = ROWS * CELL_HEIGHT;
export const ROW_COUNT = ROWS;
export const ROW_HEIGHT = CELL_HEIGHT;

/** A terminal of 80 x 25 characters with a cursor at the end of what was written. */
export class TextScreen {
  #rows: string[] = [''];
  #listeners = new Set<(rows: readonly number[]) => void>();

  /** Told which rows look different now. @returns the function that ends it */
  onChange(listener: (rows: readonly number[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What stands in a row, the cursor included. */
  textOf(row: number): string {
    const text = this.#rows[row] ?? '';
    return row === this.#rows.length - 1 ? `${text}_` : text;
  }

  clear(): void {
    this.#rows = [''];
    this.#tell(0);
  }

  /** Writes at the cursor; `\n` begins a new line, `\b` takes the last character of the line back. */
  write(text: string): void {
    const first = this.#rows.length - 1;
    let hasScrolled = false;
    for (const character of text) {
      const at = this.#rows.length - 1;
      const line = this.#rows[at] ?? '';
      if (character === '\b') this.#rows[at] = line.slice(0, -1);
      else if (character !== '\n' && line.length < COLUMNS - 1) this.#rows[at] = line + character;
      else this.#rows.push(character === '\n' ? '' : character);
      if (this.#rows.length <= ROWS) continue;
      this.#rows.shift();
      hasScrolled = true;
    }
    this.#tell(hasScrolled ? 0 : first);
  }

  /** Whether a pixel is lit, counted within its row. Characters are five by seven, drawn twice as high as wide. */
  isLit(row: number, x: number, y: number): boolean {
    const glyphX = (x % CELL_WIDTH) - 1;
    const glyphY = y >> 1;
    if (glyphX < 0 || glyphX >= GLYPH_WIDTH || glyphY >= GLYPH_HEIGHT) return false;
    const character = this.textOf(row).charAt(Math.floor(x / CELL_WIDTH));
    return character !== '' && isLit(character, glyphX, glyphY);
  }

  #tell(fromRow: number): void {
    const rows = Array.from({ length: ROWS - fromRow }, (_, i) => fromRow + i);
    for (const listener of this.#listeners) listener(rows);
  }
}
