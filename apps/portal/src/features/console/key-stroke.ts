/** One key of a keyboard: X11's keysym, and the place on the board as in `KeyboardEvent.code`. */
export interface Key {
  keysym: number;
  code: string;
}

/** Keys that are held together: pressed in order, let go in reverse. */
export type KeyStroke = readonly Key[];

export interface KeyEvent extends Key {
  isDown: boolean;
}

export const SHIFT: Key = { keysym: 0xffe1, code: 'ShiftLeft' };
export const CONTROL: Key = { keysym: 0xffe3, code: 'ControlLeft' };
export const ALT: Key = { keysym: 0xffe9, code: 'AltLeft' };
export const SUPER: Key = { keysym: 0xffeb, code: 'MetaLeft' };
export const RETURN: Key = { keysym: 0xff0d, code: 'Enter' };
export const TAB: Key = { keysym: 0xff09, code: 'Tab' };

/** Keys that stay held in the VM when the browser takes the keyboard away before they are let go. */
export const MODIFIERS: KeyStroke = [
  SHIFT,
  CONTROL,
  ALT,
  SUPER,
  { keysym: 0xffe2, code: 'ShiftRight' },
  { keysym: 0xffe4, code: 'ControlRight' },
  { keysym: 0xffea, code: 'AltRight' },
  { keysym: 0xffec, code: 'MetaRight' },
];

/** Key presses and releases of a stroke, in the order in which a person would make them. */
export function keyEventsOf(stroke: KeyStroke): KeyEvent[] {
  return [
    ...stroke.map((key) => ({ ...key, isDown: true })),
    ...stroke.toReversed().map((key) => ({ ...key, isDown: false })),
  ];
}
