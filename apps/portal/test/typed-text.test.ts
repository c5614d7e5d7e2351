import { describe, expect, it } from 'vitest';
import { KEY_MENU } from '../src/features/console/key-menu.ts';
import { type KeyStroke, keyEventsOf } from '../src/features/console/key-stroke.ts';
import { typeStrokes } from '../src/features/console/type-strokes.ts';
import { typedText } from '../src/features/console/typed-text.ts';

const codes = (stroke: KeyStroke | undefined) => stroke?.map((key) => key.code);

describe('text typed as keys', () => {
  it('knows every printable ASCII character', () => {
    const ascii = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join('');
    const { strokes, untypable } = typedText(ascii);
    expect(untypable).toEqual([]);
    expect(strokes).toHaveLength(95);
    for (const [index, stroke] of strokes.entries()) expect(stroke.at(-1)?.keysym).toBe(32 + index);
  });

  it('holds Shift where a US keyboard needs it', () => {
    const { strokes } = typedText('aA1!/? ');
    expect(strokes.map(codes)).toEqual([
      ['KeyA'],
      ['ShiftLeft', 'KeyA'],
      ['Digit1'],
      ['ShiftLeft', 'Digit1'],
      ['Slash'],
      ['ShiftLeft', 'Slash'],
      ['Space'],
    ]);
  });

  it('makes one Return of each kind of line end', () => {
    expect(typedText('\n\r\n\r').strokes.map(codes)).toEqual([['Enter'], ['Enter'], ['Enter']]);
  });

  it('leaves out what a US keyboard lacks and names it once', () => {
    expect(typedText('a中é中\u0007').untypable).toEqual(['中', 'é', '\u0007']);
  });

  it('lets keys go in reverse', () => {
    const ctrlAltDel = KEY_MENU.combinations[0]?.stroke ?? [];
    expect(keyEventsOf(ctrlAltDel).map((event) => `${event.code} ${event.isDown ? 'down' : 'up'}`)).toEqual([
      'ControlLeft down',
      'AltLeft down',
      'Delete down',
      'Delete up',
      'AltLeft up',
      'ControlLeft up',
    ]);
  });

  it('offers all twelve terminals with the keysyms of F1 to F12', () => {
    expect(KEY_MENU.terminals).toHaveLength(12);
    expect(KEY_MENU.terminals[11]?.stroke.at(-1)).toEqual({ keysym: 0xffc9, code: 'F12' });
  });

  it('stops when it is told to, after a whole stroke', async () => {
    const abort = new AbortController();
    const sent: string[] = [];
    const count = await typeStrokes(typedText('ABC').strokes, {
      sendKey: (event) => sent.push(event.code),
      pause: async () => abort.abort(),
      onProgress: () => undefined,
      signal: abort.signal,
    });
    expect(count).toBe(1);
    expect(sent).toEqual(['ShiftLeft', 'KeyA', 'KeyA', 'ShiftLeft']);
  });
});
