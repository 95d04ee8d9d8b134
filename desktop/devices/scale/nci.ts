import type { Weighing } from '#shared/sales/weighing.ts';
import { readWeight, type ScaleProtocol } from './protocol.ts';

/**
 * NCI's standard serial protocol (AWTX control document SCP-01; the same in NCI, Weigh-Tronix, Brecknell and Ohaus
 * manuals). Asked with `W CR`, a scale answers `LF weight unit CR LF status… CR ETX`, or the status alone. Where
 * the display shows bars, the weight is filled with `^` (over capacity), `_` (under) or `-` (no zero).
 */
export const nci: ScaleProtocol = {
  question: Uint8Array.of(0x57, 0x0d),
  line: { baudRate: 9600, dataBits: 7, parity: 'even', stopBits: 1 },
  read(bytes) {
    const end = bytes.indexOf(ETX);
    if (end < 0) return undefined;
    return weighing(String.fromCharCode(...bytes.slice(0, end + 1)));
  },
};

const ETX = 0x03;

/** Between LF and CR ETX: the weight, where there is one, and the status bytes. */
const within = /^(?:([^\n\r]{1,24})\r\n)?([0-~]{2,4})$/;

function weighing(text: string): Weighing {
  const isFramed = text.startsWith('\n') && text.endsWith('\r\x03');
  const [, shown, status = ''] = (isFramed && within.exec(text.slice(1, -2))) || [];
  const flags = readFlags(status);
  if (flags === null) return { code: 'garbled' };
  if (flags.fault) return { code: 'fault' };
  if (flags.over || isFilled(shown, '^')) return { code: 'over' };
  if (flags.under || isFilled(shown, '_')) return { code: 'under' };
  if (isFilled(shown, '-')) return { code: 'no-zero' };
  if (flags.moves) return { code: 'in-motion' };
  const weight = shown === undefined ? null : readWeight(shown);
  if (weight === null) return { code: 'garbled' };
  return weight.amount < 0 ? { code: 'under' } : { code: 'weighed', weight };
}

const isFilled = (shown: string | undefined, bar: '^' | '_' | '-'): boolean =>
  shown !== undefined && new RegExp(`^\\${bar}{3,}\\s*[A-Za-z]{0,2}$`).test(shown);

type Flags = {
  readonly moves: boolean;
  readonly under: boolean;
  readonly over: boolean;
  readonly fault: boolean;
};

/**
 * Status bytes: bits 4 and 5 are always set; bit 6 of the first is clear, and of each later one says that another
 * follows. Byte 1: motion, at zero, RAM, EEPROM; byte 2: under, over, ROM, calibration; byte 3, bit 3: initial zero.
 */
function readFlags(status: string): Flags | null {
  const bytes = Array.from(status, (char) => char.charCodeAt(0));
  const [first = 0, second = 0, third = 0] = bytes;
  const marked = bytes.every((byte) => (byte & 0x30) === 0x30);
  const follow = bytes.every((byte, i) => ((byte & 0x40) !== 0) === (i > 0 && i < bytes.length - 1));
  if (bytes.length < 2 || !marked || !follow) return null;
  return {
    moves: (first & 0x01) !== 0,
    under: (second & 0x01) !== 0,
    over: (second & 0x02) !== 0,
    fault: (first & 0x0c) !== 0 || (second & 0x0c) !== 0 || (third & 0x08) !== 0,
  };
}
