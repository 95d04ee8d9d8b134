import { decodePage } from '../escpos/code-pages.ts';
import { printerProfiles } from '../escpos/profiles.ts';

/** What a Star printer would make of a stream: the tests' witness that data never became a command. */
export type StarPrint = {
  readonly text: string;
  readonly pulses: number;
  readonly cuts: number;
  readonly symbols: readonly { readonly kind: 'qr' | 'code128'; readonly data: string }[];
  readonly bands: readonly { readonly width: number; readonly ink: number }[];
  /** Bytes below 0x20, and DEL, that no command of ours accounts for. */
  readonly unknown: readonly string[];
};

/** Reads the commands that receipts use (Star Line Mode and StarPRNT Command Specifications); everything else is unknown. */
export function readStar(bytes: Uint8Array): StarPrint {
  const stream = Buffer.from(bytes).toString('latin1');
  const print: Printed = { text: '', pulses: 0, cuts: 0, symbols: [], bands: [], unknown: [], page: 'cp437' };
  for (let at = 0; at < stream.length; ) at += take(stream, at, print);
  return print;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };
type Printed = Mutable<StarPrint> & { page: string };

/** Bytes of the command or character at this place. */
function take(stream: string, at: number, print: Printed): number {
  const char = stream[at] ?? '';
  if (char >= ' ' && char !== '\x7f') {
    print.text += decodePage(print.page, Uint8Array.of(char.charCodeAt(0)));
    return 1;
  }
  if (char === '\n') {
    // The line behind a band moves the paper on below the picture.
    if (!print.text.endsWith(BAND)) print.text += '\n';
    else print.text = print.text.slice(0, -BAND.length);
    return 1;
  }
  if (pulses.has(char)) print.pulses++;
  if (pulses.has(char) || char === '\x18') return 1;
  const command = commands.find(({ is }) => stream.startsWith(is, at));
  if (command) return command.take(stream.slice(at + command.is.length), print) + command.is.length;
  print.unknown.push(JSON.stringify(stream.slice(at, at + 4)));
  return 1;
}

const BAND = '\u0000';
const pulses = new Set(['\x07', '\x1a', '\x1c', '\x19']);
const u16 = (rest: string, at: number) => rest.charCodeAt(at) + rest.charCodeAt(at + 1) * 256;

type Command = { readonly is: string; readonly take: (rest: string, print: Printed) => number };

/** A setting with so many bytes behind it. */
const setting = (is: string, length: number): Command => ({ is, take: () => length });

const commands: readonly Command[] = [
  setting('\x1b@', 0),
  setting('\x1bE', 0),
  setting('\x1bF', 0),
  setting('\x1bi', 2),
  setting('\x1b\x1eF', 1),
  setting('\x1b\x1da', 1),
  setting('\x1b\x07', 2),
  setting('\x1b0', 0),
  setting('\x1bz', 1),
  setting('\x1b\x1dyS', 2),
  setting('\x1b\x1dyP', 0),
  {
    is: '\x1b\x1dt',
    take(rest, print) {
      const pages = printerProfiles['star-line-80'].codePages;
      print.page = pages.find(({ number }) => number === rest.charCodeAt(0))?.page ?? 'cp437';
      return 1;
    },
  },
  {
    is: '\x1bd',
    take(_rest, print) {
      print.cuts++;
      return 1;
    },
  },
  {
    is: '\x1bX',
    take(rest, print) {
      const width = u16(rest, 0);
      const ink = [...rest.slice(2, 2 + width * 3)].filter((byte) => byte !== '\0').length;
      print.bands.push({ width, ink });
      print.text += BAND;
      return 2 + width * 3;
    },
  },
  {
    is: '\x1b\x1dyD1\0',
    take(rest, print) {
      const length = u16(rest, 0);
      print.symbols.push({ kind: 'qr', data: rest.slice(2, 2 + length) });
      return 2 + length;
    },
  },
  {
    is: '\x1bb\x06',
    take(rest, print) {
      const end = rest.indexOf('\x1e');
      print.symbols.push({ kind: 'code128', data: rest.slice(3, end).replaceAll('%0', '%') });
      return end + 1;
    },
  },
];
