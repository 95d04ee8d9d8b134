import type { Bitmap } from '../escpos/raster.ts';

/**
 * A label on a receipt printer's roll: the picture of it (GS v 0), as often as wanted, each with a gap to cut at.
 * No byte of it is text, so no text can be a command.
 */
export function encodeLabelPicture({ width, height, bits }: Bitmap, copies: number): Uint8Array {
  const across = Math.ceil(width / 8);
  const picture = [0x1d, 0x76, 0x30, 0, across & 0xff, across >> 8, height & 0xff, height >> 8];
  const one = Buffer.concat([Uint8Array.from(picture), bits, Uint8Array.of(0x0a)]);
  return Buffer.concat([initialise, ...Array<Uint8Array>(copies).fill(one), endOfLabels]);
}

const initialise = Uint8Array.of(0x1b, 0x40);
/** Four lines, so that the last label passes the edge it is torn off at. */
const endOfLabels = Uint8Array.of(0x1b, 0x64, 4);
