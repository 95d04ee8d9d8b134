import { decodePage } from '../code-pages.ts';
import type { PrintedDoc, TextStyle } from './document.ts';
import { barcodeItem, columnRaster, rowRaster, symbolFunction } from './graphics.ts';
import { type Command, DEFAULT_LINE_DOTS, type Machine, newMachine } from './machine.ts';
import { epsonPages } from './page-numbers.ts';
import { tokens } from './tokens.ts';

export type InterpretOptions = {
  /** What ESC t numbers mean on this printer; Epson's table unless given. */
  readonly pages?: ReadonlyMap<number, string>;
};

/**
 * Reads a stream as a printer would: the virtual printer of the demo and the oracle of the tests. Total: any
 * bytes give a document; what has no meaning is an `unknown` item with its offset.
 */
export function interpret(bytes: Uint8Array, options: InterpretOptions = {}): PrintedDoc {
  const machine = newMachine(options.pages ?? epsonPages);
  for (const token of tokens(bytes)) {
    if (token.kind === 'unknown') machine.items.push(token);
    else if (token.kind === 'text') printText(machine, token);
    else runCommand(machine, token);
  }
  return { items: machine.items };
}

function printText(machine: Machine, { offset, bytes }: { offset: number; bytes: Uint8Array }): void {
  machine.items.push({ kind: 'text', offset, text: decodePage(machine.page, bytes), style: machine.style });
}

function runCommand(machine: Machine, command: Command): void {
  const action = actions.get(command.name);
  if (action === undefined) setting(machine, command);
  else action(machine, command);
}

function setting(machine: Machine, { offset, name, args }: Command): void {
  machine.items.push({ kind: 'setting', offset, name, args });
}

type Action = (machine: Machine, command: Command) => void;

const restyle =
  (change: (first: number, args: Uint8Array) => Partial<TextStyle>): Action =>
  (machine, command) => {
    machine.style = { ...machine.style, ...change(command.args[0] ?? 0, command.args) };
    setting(machine, command);
  };
const remember =
  (change: (machine: Machine, first: number) => void): Action =>
  (machine, command) => {
    change(machine, command.args[0] ?? 0);
    setting(machine, command);
  };

const isOn = (byte: number): boolean => (byte & 1) === 1;
const alignments = ['left', 'center', 'right'] as const;
const textPlaces = ['none', 'above', 'below', 'both'] as const;
/** Commands take a choice both as a number and as its digit. */
const choice = (byte: number): number => (byte >= 0x30 ? byte - 0x30 : byte);

const newline: Action = (machine, { offset }) => {
  machine.items.push({ kind: 'newline', offset, lineDots: machine.lineDots });
};
const feed =
  (size: (first: number, machine: Machine) => { lines: number; lineDots: number }): Action =>
  (machine, { offset, args }) => {
    machine.items.push({ kind: 'feed', offset, ...size(args[0] ?? 0, machine) });
  };

const reset: Action = (machine, command) => {
  const { page, style, lineDots, barcode, qr, pdf417 } = newMachine(machine.pages);
  Object.assign(machine, { page, style, lineDots, barcode, qr, pdf417 });
  setting(machine, command);
};

const cut: Action = (machine, { offset, args }) => {
  const mode = args[0] ?? 0;
  const feeds = ![0, 1, 48, 49].includes(mode);
  machine.items.push({ kind: 'cut', offset, full: [0, 48, 65, 97, 103].includes(mode), feeds });
};

const actions: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['LF', newline],
  ['HT', (machine, { offset }) => machine.items.push({ kind: 'tab', offset })],
  ['ESC @', reset],
  ['ESC d', feed((lines, { lineDots }) => ({ lines, lineDots }))],
  ['ESC e', feed((lines, { lineDots }) => ({ lines: -lines, lineDots }))],
  ['ESC J', feed((lineDots) => ({ lines: 1, lineDots }))],
  ['ESC 2', remember((machine) => (machine.lineDots = DEFAULT_LINE_DOTS))],
  ['ESC 3', remember((machine, dots) => (machine.lineDots = dots))],
  ['ESC t', remember((machine, number) => (machine.page = machine.pages.get(number) ?? 'cp437'))],
  ['ESC !', restyle(printMode)],
  ['ESC E', restyle((n) => ({ bold: isOn(n) }))],
  ['ESC G', restyle((n) => ({ bold: isOn(n) }))],
  ['ESC -', restyle((n) => ({ underline: choice(n) !== 0 }))],
  ['ESC M', restyle((n) => ({ font: choice(n) === 0 ? 'A' : 'B' }))],
  ['ESC a', restyle((n) => ({ align: alignments[choice(n)] ?? 'left' }))],
  ['GS B', restyle((n) => ({ invert: isOn(n) }))],
  ['GS !', restyle((n) => ({ wide: ((n >> 4) & 7) + 1, high: (n & 7) + 1 }))],
  ['GS L', restyle((low, args) => ({ leftDots: low + (args[1] ?? 0) * 256 }))],
  ['GS h', remember((machine, dots) => (machine.barcode.heightDots = dots))],
  ['GS w', remember((machine, dots) => (machine.barcode.moduleDots = dots))],
  ['GS H', remember((machine, n) => (machine.barcode.textAt = textPlaces[choice(n)] ?? 'none'))],
  ['GS k', barcodeItem],
  ['GS v', rowRaster],
  ['ESC *', columnRaster],
  ['GS (', symbolFunction],
  ['GS 8', symbolFunction],
  ['GS V', cut],
  ['ESC i', (machine, { offset }) => machine.items.push({ kind: 'cut', offset, full: true, feeds: false })],
  ['ESC m', (machine, { offset }) => machine.items.push({ kind: 'cut', offset, full: false, feeds: false })],
  ['ESC p', pulse],
]);

function printMode(n: number): Partial<TextStyle> {
  return {
    font: (n & 1) === 0 ? 'A' : 'B',
    bold: (n & 8) !== 0,
    high: (n & 16) === 0 ? 1 : 2,
    wide: (n & 32) === 0 ? 1 : 2,
    underline: (n & 128) !== 0,
  };
}

/** ESC p m t1 t2: pin 2 or 5, times in units of 2 ms. */
function pulse(machine: Machine, { offset, args }: Command): void {
  const [pin = 0, on = 0, off = 0] = args;
  const drawer = choice(pin) === 1 ? 2 : 1;
  machine.items.push({ kind: 'pulse', offset, drawer, onMs: on * 2, offMs: off * 2 });
}
