import type { Weighing, WeightUnit } from '#shared/sales/weighing.ts';
import { readWeight, type ScaleProtocol } from './protocol.ts';

/**
 * Mettler-Toledo's 8217 (and the older 8213): asked with `W`, a scale answers `STX weight CR`, or `STX ? status CR`
 * while it moves or lies outside its range. The answer names no unit: it is the one the scale was set up with. An
 * `N` behind the weight says that a tare was taken off.
 */
export const toledo8217 = (unit: WeightUnit): ScaleProtocol => ({
  question: Uint8Array.of(0x57),
  line: { baudRate: 9600, dataBits: 7, parity: 'even', stopBits: 1 },
  read(bytes) {
    const end = bytes.indexOf(CR);
    if (end < 0) return undefined;
    return weighing(String.fromCharCode(...bytes.slice(0, end + 1)), unit);
  },
});

const CR = 0x0d;

function weighing(text: string, unit: WeightUnit): Weighing {
  if (!text.startsWith('\x02')) return { code: 'garbled' };
  const said = text.slice(1, -1);
  const [, state] = /^\?([@-~])$/.exec(said) ?? [];
  if (state !== undefined) return troubleOf(state.charCodeAt(0));
  const [, shown] = /^([ 0-9.]{2,9})N?$/.exec(said) ?? [];
  const weight = shown === undefined ? null : readWeight(`${shown}${unit}`);
  return weight === null ? { code: 'garbled' } : { code: 'weighed', weight };
}

/** Bit 0 motion, 1 over capacity, 2 under zero, 3 outside the zero range, 4 at zero, 5 net, 6 always set. */
function troubleOf(state: number): Weighing {
  if (state & 0x02) return { code: 'over' };
  if (state & 0x04) return { code: 'under' };
  if (state & 0x08) return { code: 'no-zero' };
  // Nothing but "at zero" is set while the weight settles there.
  return { code: 'in-motion' };
}
