import { beforeAll, expect, test } from 'vitest';
import {
  type Bitmap,
  lazyRasteriser,
  type Rasteriser,
  type RasterLine,
  receiptFontsUnder,
} from './raster.ts';

let rasteriser: Rasteriser;
beforeAll(async () => {
  rasteriser = await lazyRasteriser(receiptFontsUnder('node_modules/@expo-google-fonts'))();
});

const draw = (text: string, line: Partial<RasterLine> = {}, ltr = false): Ink => {
  const align = line.direction === 'rtl' ? 'right' : 'left';
  const cells = [{ text, column: 0, width: 48, align, ltr } as const];
  const shape = { direction: 'ltr', bold: false, dots: 576, charDots: 12, height: 32 } as const;
  return inkOf(rasteriser.line({ ...shape, ...line, cells }));
};

type Ink = { readonly left: number; readonly right: number; readonly width: number; readonly count: number };

function inkOf({ width, height, bits }: Bitmap): Ink {
  const columns = Array.from({ length: width }, (_, x) => {
    let black = 0;
    for (let y = 0; y < height; y++)
      if (((bits[(y * width + x) >> 3] ?? 0) & (0x80 >> (x & 7))) !== 0) black++;
    return black;
  });
  const left = columns.findIndex((black) => black > 0);
  const right = columns.findLastIndex((black) => black > 0);
  return { left, right, width: right - left, count: columns.reduce((sum, black) => sum + black, 0) };
}

test('Arabic letters join, and stand at the right edge', () => {
  const word = draw('صيدلية', { direction: 'rtl' });
  const apart = draw('ص ي د ل ي ة', { direction: 'rtl' });
  const spaces = draw('ص      ي', { direction: 'rtl' }).width - draw('ص ي', { direction: 'rtl' }).width;
  expect(word.right).toBeGreaterThan(565);
  expect(word.width).toBeLessThan(apart.width - spaces);
});

test('Devanagari makes its conjuncts', () => {
  expect(draw('क्ष').width).toBeLessThan(draw('क').width + draw('ष').width);
});

test.each(['₹', '€', 'Œ', 'é'])('%s has a glyph of its own', (char) => {
  const missing = draw('\u{10FFFD}');
  expect(draw(char).count).toBeGreaterThan(20);
  expect(draw(char)).not.toEqual(missing);
});

test('a batch number amid Arabic keeps its order', () => {
  const alone = draw('K2207', {}, true);
  const amid = draw('K2207 صلاحية', { direction: 'rtl' });
  expect(amid.right).toBeGreaterThan(565);
  expect(amid.width).toBeGreaterThan(alone.width);
});

test('text wider than its place is made to fit, not cut off by the edge', () => {
  const long = draw('W'.repeat(48));
  expect(long.right).toBeLessThan(576);
  expect(long.width).toBeGreaterThan(540);
});

test('a font that cannot be read is said by name', async () => {
  const broken = lazyRasteriser({ medium: ['/nowhere/font.ttf'], bold: [] });
  await expect(broken()).rejects.toThrow('/nowhere/font.ttf');
});
