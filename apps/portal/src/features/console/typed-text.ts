import { type KeyStroke, RETURN, SHIFT, TAB } from './key-stroke.ts';

/** Where each character sits on a US keyboard: code of the key, character alone, character with Shift. */
const US_KEYS: readonly (readonly [code: string, plain: string, shifted: string])[] = [
  ['Backquote', '`', '~'],
  ['Minus', '-', '_'],
  ['Equal', '=', '+'],
  ['BracketLeft', '[', '{'],
  ['BracketRight', ']', '}'],
  ['Backslash', '\\', '|'],
  ['Semicolon', ';', ':'],
  ['Quote', "'", '"'],
  ['Comma', ',', '<'],
  ['Period', '.', '>'],
  ['Slash', '/', '?'],
  ['Space', ' ', ' '],
  ...[...')!@#$%^&*('].map((shifted, digit) => [`Digit${digit}`, String(digit), shifted] as const),
  ...[...'abcdefghijklmnopqrstuvwxyz'].map(
    (letter) => [`Key${letter.toUpperCase()}`, letter, letter.toUpperCase()] as const,
  ),
];

/** ASCII's keysyms are its code points. */
const keysymOf = (character: string): number => character.codePointAt(0) ?? 0;

const strokes = new Map<string, KeyStroke>([
  ['\n', [RETURN]],
  ['\t', [TAB]],
]);
for (const [code, plain, shifted] of US_KEYS) {
  strokes.set(shifted, [SHIFT, { keysym: keysymOf(shifted), code }]);
  strokes.set(plain, [{ keysym: keysymOf(plain), code }]);
}

export interface TypedText {
  strokes: KeyStroke[];
  /** Characters that a US keyboard does not have, each once. They are left out. */
  untypable: string[];
}

/** Text as keys of a US keyboard; every kind of line end becomes Return. */
export function typedText(text: string): TypedText {
  const typed: KeyStroke[] = [];
  const untypable = new Set<string>();
  for (const character of text.replaceAll(/\r\n?/g, '\n')) {
    const stroke = strokes.get(character);
    if (stroke) typed.push(stroke);
    else untypable.add(character);
  }
  return { strokes: typed, untypable: [...untypable] };
}
