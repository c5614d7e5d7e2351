import { ALT, CONTROL, type Key, type KeyStroke, SUPER, TAB } from './key-stroke.ts';

/** One row of the console's keys menu. `label` is what is printed on the keys: the same in every language. */
export interface KeyMenuEntry {
  id: string;
  label: string;
  stroke: KeyStroke;
}

function functionKey(number: number): Key {
  return { keysym: 0xffbe + number - 1, code: `F${number}` };
}

const FUNCTION_KEY_NUMBERS = Array.from({ length: 12 }, (_, index) => index + 1);

/** Keys that the browser or the desktop keeps for itself, and so need a menu to reach the VM. */
export const KEY_MENU: { combinations: KeyMenuEntry[]; terminals: KeyMenuEntry[] } = {
  combinations: [
    {
      id: 'ctrlAltDel',
      label: 'Ctrl-Alt-Del',
      stroke: [CONTROL, ALT, { keysym: 0xffff, code: 'Delete' }],
    },
    {
      id: 'ctrlAltBackspace',
      label: 'Ctrl-Alt-Backspace',
      stroke: [CONTROL, ALT, { keysym: 0xff08, code: 'Backspace' }],
    },
    { id: 'altTab', label: 'Alt-Tab', stroke: [ALT, TAB] },
    { id: 'altF4', label: 'Alt-F4', stroke: [ALT, functionKey(4)] },
    { id: 'super', label: 'Super', stroke: [SUPER] },
    { id: 'printScreen', label: 'PrintScreen', stroke: [{ keysym: 0xff61, code: 'PrintScreen' }] },
  ],
  terminals: FUNCTION_KEY_NUMBERS.map((number) => ({
    id: `ctrlAltF${number}`,
    label: `Ctrl-Alt-F${number}`,
    stroke: [CONTROL, ALT, functionKey(number)],
  })),
};
