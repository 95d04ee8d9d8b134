import { Buffer } from 'node:buffer';
import type { SymbolKind } from '../symbols.ts';
import type { PrintedSymbol } from './document.ts';
import type { Command, Machine } from './machine.ts';

/** GS v 0 m xL xH yL yH d…: rows of dots. Bit 0 of m doubles the width, bit 1 the height. */
export function rowRaster(machine: Machine, { offset, args }: Command): void {
  const mode = args[1] ?? 0;
  const across = u16(args, 2);
  machine.items.push({
    kind: 'raster',
    offset,
    width: across * 8,
    height: u16(args, 4),
    bits: args.subarray(6),
    scaleX: 1 + (mode & 1),
    scaleY: 1 + ((mode >> 1) & 1),
    align: machine.style.align,
    inline: false,
  });
}

/** ESC * m nL nH d…: columns of 8 or 24 dots, standing in the line. */
export function columnRaster(machine: Machine, { offset, args }: Command): void {
  const mode = args[0] ?? 0;
  const width = u16(args, 1);
  const bytesDown = mode >= 32 ? 3 : 1;
  const across = Math.ceil(width / 8);
  const bits = new Uint8Array(across * bytesDown * 8);
  const columns = args.subarray(3);
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < bytesDown * 8; y++) {
      const byte = columns[x * bytesDown + (y >> 3)] ?? 0;
      if ((byte & (0x80 >> (y & 7))) === 0) continue;
      const at = y * across + (x >> 3);
      bits[at] = (bits[at] ?? 0) | (0x80 >> (x & 7));
    }
  }
  machine.items.push({
    kind: 'raster',
    offset,
    width,
    height: bytesDown * 8,
    bits,
    scaleX: mode === 0 || mode === 32 ? 2 : 1,
    scaleY: bytesDown === 1 ? 3 : 1,
    align: machine.style.align,
    inline: true,
  });
}

/** GS k, both forms: symbologies 0–6 end at NUL, 65 and on are counted. */
export function barcodeItem(machine: Machine, { offset, args }: Command): void {
  const kind = args[0] ?? 0;
  const counted = kind >= 65;
  const symbol = barcodeKinds[counted ? kind - 65 : kind];
  const bytes = counted ? args.subarray(2) : args.subarray(1, -1);
  if (symbol === undefined) {
    machine.items.push({ kind: 'unknown', offset, bytes: args, why: 'no such command' });
    return;
  }
  const data = Buffer.from(bytes).toString('latin1');
  addSymbol(machine, offset, {
    symbol,
    data: symbol === 'code128' ? code128Text(data) : data,
    ...machine.barcode,
    options: {},
  });
}

const barcodeKinds: readonly SymbolKind[] = [
  'upca',
  'upce',
  'ean13',
  'ean8',
  'code39',
  'interleaved2of5',
  'rationalizedCodabar',
  'code93',
  'code128',
  'gs1-128',
];

/** Epson writes code sets into the data (`{A`, `{B`, `{C`) and a brace as `{{`; set C packs two digits a byte. */
function code128Text(data: string): string {
  let text = '';
  let set = 'B';
  for (let at = 0; at < data.length; at++) {
    const char = data.charAt(at);
    const next = data.charAt(at + 1);
    if (char === '{' && next !== '') {
      at++;
      if (next === '{') text += '{';
      else if ('ABC'.includes(next)) set = next;
    } else {
      text += set === 'C' ? String(char.charCodeAt(0)).padStart(2, '0') : char;
    }
  }
  return text;
}

/** GS ( k (QR 49, PDF417 48) and GS ( L / GS 8 L (graphics): store, set, then print what was stored. */
export function symbolFunction(machine: Machine, command: Command): void {
  const { offset, name, args } = command;
  machine.items.push({ kind: 'setting', offset, name, args });
  const kind = String.fromCharCode(args[0] ?? 0);
  const rest = args.subarray(name === 'GS 8' ? 5 : 3);
  if (kind === 'L') graphicsFunction(machine, offset, rest);
  if (kind !== 'k') return;
  if (rest[0] === 49) qrFunction(machine, offset, rest.subarray(1));
  if (rest[0] === 48) pdf417Function(machine, offset, rest.subarray(1));
}

function qrFunction(machine: Machine, offset: number, [fn, first = 0, ...more]: Uint8Array): void {
  const { qr } = machine;
  if (fn === 65) qr.micro = first === 51;
  if (fn === 67) qr.moduleDots = first;
  if (fn === 69) qr.level = 'LMQH'.charAt(first - 48) || 'L';
  if (fn === 80) qr.data = Buffer.from(more).toString('utf8');
  if (fn !== 81) return;
  const { micro, data, moduleDots, level } = qr;
  const symbol = micro ? 'microqrcode' : 'qrcode';
  addSymbol(machine, offset, { symbol, data, moduleDots, textAt: 'none', options: { eclevel: level } });
}

function pdf417Function(machine: Machine, offset: number, [fn, first = 0, ...more]: Uint8Array): void {
  const { pdf417 } = machine;
  if (fn === 65) pdf417.columns = first;
  if (fn === 67) pdf417.moduleDots = first;
  if (fn === 68) pdf417.rowHeight = first;
  if (fn === 70) pdf417.truncated = first === 1;
  if (fn === 80) pdf417.data = Buffer.from(more).toString('latin1');
  if (fn !== 81) return;
  const { data, moduleDots, rowHeight, columns, truncated } = pdf417;
  addSymbol(machine, offset, {
    symbol: truncated ? 'pdf417compact' : 'pdf417',
    data,
    moduleDots,
    heightDots: moduleDots * rowHeight,
    textAt: 'none',
    options: columns === 0 ? {} : { columns },
  });
}

/** Function 112 stores rows of dots, 113 columns of them, 2 and 50 print what is stored. */
function graphicsFunction(machine: Machine, offset: number, rest: Uint8Array): void {
  const fn = rest[1];
  if (fn === 112) {
    const width = u16(rest, 6);
    const bits = rest.subarray(10);
    // As many rows as there is data for: a header may promise four thousand million dots in ten bytes.
    const height = width === 0 ? 0 : Math.min(u16(rest, 8), Math.floor(bits.length / Math.ceil(width / 8)));
    machine.graphic = { scaleX: rest[3] ?? 1, scaleY: rest[4] ?? 1, width, height, bits };
  }
  if ((fn === 50 || fn === 2) && machine.graphic) {
    const { align } = machine.style;
    machine.items.push({ kind: 'raster', offset, ...machine.graphic, align, inline: false });
    machine.graphic = undefined;
  }
}

function addSymbol(machine: Machine, offset: number, symbol: Omit<PrintedSymbol, 'align'>): void {
  machine.items.push({ kind: 'symbol', offset, align: machine.style.align, ...symbol });
}

const u16 = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 256;
