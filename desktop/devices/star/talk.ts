import { setTimeout as wait } from 'node:timers/promises';
import type { PrinterState, Talk } from '../talk.ts';

/**
 * A Star printer's words about itself, the same in Line Mode and StarPRNT: ESC ACK SOH is answered at once by its
 * status of 7 bytes and more; ETB, in its turn, counts up a number in that status (Star Line Mode Command
 * Specifications, appendix 2).
 */
export const starTalk: Talk = {
  state: (line, withinMs) => line.ask(askState, readState, withinMs),
  async isDone(line, { counted }, withinMs) {
    if (counted === undefined) return false;
    await line.send(countUpFrom(counted), withinMs);
    for (let tries = Math.max(1, Math.ceil(withinMs / LOOK_EVERY_MS)); tries > 0 && !line.broken(); tries--) {
      const now = await line.ask(askState, readState, Math.min(withinMs, LOOK_EVERY_MS * 4));
      if (now?.counted !== undefined && now.counted !== 0 && now.counted !== counted) return true;
      if (!now) return false;
      await wait(LOOK_EVERY_MS);
    }
    return false;
  },
};

const askState = Uint8Array.of(0x1b, 0x06, 0x01);
/**
 * ETB once, or twice where one would lead to the number before or to 0: the CAN that begins a job may have set the
 * counter to 0, and may not have.
 */
const countUpFrom = (counted: number): Uint8Array =>
  counted === 1 || counted === 31 ? Uint8Array.of(0x17, 0x17) : Uint8Array.of(0x17);
const LOOK_EVERY_MS = 100;

/** The first status in what came, once it is whole: only its first byte has bit 0 set, and it says how long it is. */
function readState(bytes: readonly number[]): PrinterState | undefined {
  const from = bytes.findIndex(isHeader);
  const length = lengthOf(bytes[from] ?? 0);
  if (from < 0 || bytes.length < from + length) return undefined;
  const at = (index: number) => (index < length ? (bytes[from + index] ?? 0) : 0);
  return {
    offline: (at(2) & 0x08) !== 0,
    coverOpen: (at(2) & 0x20) !== 0,
    /** Too hot, beyond mending, knife, mechanics. */
    fault: (at(3) & 0x6c) !== 0,
    paperOut: (at(5) & 0x08) !== 0,
    paperLow: (at(5) & 0x06) !== 0,
    ...(length > 7 && { counted: counterOf(at(7)) }),
  };
}

const isHeader = (byte: number): boolean => (byte & 0x91) === 0x01;
/** Bits 1, 2, 3 and 5 are the number of bytes: 0x0F is 7, 0x21 is 8, 0x23 is 9. */
const lengthOf = (header: number): number => ((header >> 1) & 7) | ((header >> 2) & 8);
/** Five bits with a gap in their middle. */
const counterOf = (byte: number): number => ((byte >> 1) & 7) | ((byte >> 2) & 0x18);
