import type { Bitmap } from '../escpos/raster.ts';

/**
 * Pictures one below the other in Star's sets: ESC X prints a band of 24 dots, column by column, between ESC 0 (a
 * line as high as the band) and ESC z 1 (a line as high as before). Nothing for no picture.
 */
export function starPicture(pictures: readonly Bitmap[]): Uint8Array {
  const [first] = pictures;
  if (!first) return new Uint8Array();
  const { width } = first;
  const across = Math.ceil(width / 8);
  const rows = Buffer.concat(pictures.map(({ bits }) => bits));
  const height = rows.length / across;
  const bands: Uint8Array[] = [Uint8Array.of(0x1b, 0x30)];
  for (let top = 0; top < height; top += BAND) bands.push(bandOf({ rows, across, width }, top));
  return Buffer.concat([...bands, Uint8Array.of(0x1b, 0x7a, 1)]);
}

const BAND = 24;

type Rows = { readonly rows: Uint8Array; readonly across: number; readonly width: number };

function bandOf({ rows, across, width }: Rows, top: number): Uint8Array {
  const columns = new Uint8Array(width * 3);
  for (let x = 0; x < width; x++)
    for (let y = 0; y < BAND; y++) {
      const bits = rows[(top + y) * across + (x >> 3)] ?? 0;
      const at = x * 3 + (y >> 3);
      if (bits & (0x80 >> (x & 7))) columns[at] = (columns[at] ?? 0) | (0x80 >> (y & 7));
    }
  return Buffer.concat([Uint8Array.of(0x1b, 0x58, width & 0xff, width >> 8), columns, Uint8Array.of(0x0a)]);
}
