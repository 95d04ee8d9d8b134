import type { Chord } from './chord.ts';

/** Every command of the till with its default keys; the first is the one shown (UX.md, Keys). */
export const defaultKeymap = {
  keys: ['F1', 'char:?'],
  scan: ['F2'],
  customer: ['F3'],
  hold: ['F4'],
  recall: ['Shift+F4'],
  reprint: ['F5'],
  batch: ['F6'],
  substitutes: ['F7'],
  elsewhere: ['Shift+F7'],
  discount: ['F8'],
  pay: ['F9', 'Ctrl+Enter', 'Ctrl+NumpadEnter'],
  prescription: ['F10'],
  returns: ['F11'],
  shift: ['F12'],
  back: ['Escape'],
  palette: ['Ctrl+KeyK'],
  drawer: ['Ctrl+KeyD'],
  lock: ['Ctrl+KeyL'],
  undo: ['Ctrl+KeyZ'],
  syncStatus: ['Ctrl+KeyJ'],
  invoice: ['Ctrl+KeyI'],
  receiptFile: ['Ctrl+KeyS'],
  priceCheck: ['Ctrl+KeyP'],
  points: ['Alt+KeyP'],
  language: ['Alt+KeyL'],
  confirmDate: ['Alt+KeyT'],
  quickKey: digits('Ctrl'),
  tender: digits('Alt'),
  more: ['char:+'],
  less: ['char:-'],
  quantity: ['char:/'],
  weigh: ['Ctrl+KeyG'],
  remove: ['Delete'],
  clear: ['Ctrl+Delete'],
  edit: ['Ctrl+KeyE'],
  account: ['Ctrl+KeyB'],
  merge: ['Ctrl+KeyM'],
} as const satisfies Readonly<Record<string, readonly Chord[]>>;

/** A thing a person can do by key, in the footer and in the palette. */
export type CommandId = keyof typeof defaultKeymap;

/** A row of keys that are one command: its handler is told which of them it was. */
function digits(modifier: 'Ctrl' | 'Alt'): readonly Chord[] {
  return [1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => `${modifier}+Digit${digit}`);
}

/** In the palette's order. */
export const commandIds: readonly CommandId[] = Object.keys(defaultKeymap).filter(
  (id): id is CommandId => id in defaultKeymap,
);
