import { join } from 'node:path';
import type { SKRSContext2D } from '@napi-rs/canvas';
import type { PlacedCell } from '#shared/sales/receipt-layout.ts';
import { type Modules, symbolModules } from './symbols.ts';

/** Eight-bit RGBA as the encoder takes it; black on white. */
export type Bitmap = { readonly width: number; readonly height: number; readonly data: Uint8ClampedArray };

export type RasterLine = {
  readonly cells: readonly PlacedCell[];
  readonly direction: 'ltr' | 'rtl';
  readonly bold: boolean;
  /** Dots across the paper, dots of one character of this row, height of the row (multiples of 8). */
  readonly dots: number;
  readonly charDots: number;
  readonly height: number;
};

/** Draws what a printer's own characters cannot say. Shaping and bidi are the canvas's. */
export type Rasteriser = {
  readonly line: (line: RasterLine) => Bitmap;
  /** A QR code centred on the paper; undefined where the data makes none. */
  readonly qr: (data: string, paper: QrPaper) => Promise<Bitmap | undefined>;
};

export type QrPaper = { readonly dots: number; readonly moduleDots: number };

/** TTF files by weight; the host knows where they are, since paths move when bundled. */
export type ReceiptFonts = { readonly medium: readonly string[]; readonly bold: readonly string[] };

/** The fonts as `@expo-google-fonts` lays them out under one folder. */
export function receiptFontsUnder(folder: string): ReceiptFonts {
  const files = (weight: string, file: string) =>
    families.map(({ dir, name }) => join(folder, dir, weight, `${name}_${file}.ttf`));
  return { medium: files('500Medium', '500Medium'), bold: files('700Bold', '700Bold') };
}

const families = [
  { dir: 'noto-sans', name: 'NotoSans' },
  { dir: 'noto-sans-arabic', name: 'NotoSansArabic' },
  { dir: 'noto-sans-devanagari', name: 'NotoSansDevanagari' },
] as const;

/** Loads canvas (35 MB) and fonts at the first line that needs them, so that a till starts without. */
export function lazyRasteriser(fonts: ReceiptFonts): () => Promise<Rasteriser> {
  let loading: Promise<Rasteriser> | undefined;
  return () => {
    loading ??= loadRasteriser(fonts);
    return loading;
  };
}

async function loadRasteriser(fonts: ReceiptFonts): Promise<Rasteriser> {
  const { createCanvas, GlobalFonts } = await import('@napi-rs/canvas');
  const register = (files: readonly string[], weight: string) =>
    files.map((file, i) => {
      const family = `Receipt ${weight} ${i}`;
      if (!GlobalFonts.registerFromPath(file, family)) throw new Error(`font cannot be read: ${file}`);
      return `"${family}"`;
    });
  const medium = register(fonts.medium, 'medium').join(', ');
  const bold = register(fonts.bold, 'bold').join(', ');
  return {
    line(line) {
      const canvas = createCanvas(line.dots, line.height);
      const context = canvas.getContext('2d');
      context.fillStyle = '#fff';
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.fillStyle = '#000';
      drawLine(context, line, line.bold ? bold : medium);
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      return { width: canvas.width, height: canvas.height, data };
    },
    async qr(data, paper) {
      const modules = await symbolModules('qrcode', data, { eclevel: 'M' });
      return modules && matrixBitmap(modules, paper);
    },
  };
}

/** Of the row's height: 0.68 holds Devanagari's and Arabic's marks above and below. */
const FONT_SHARE = 0.68;
const BASELINE_SHARE = 0.72;
const SMALLEST = 0.7;

/** Where a text is wider than its cell the whole row gets smaller, and beyond that the text narrower. */
function drawLine(context: SKRSContext2D, line: RasterLine, family: string): void {
  const size = line.height * FONT_SHARE;
  context.font = `${Math.round(size)}px ${family}`;
  const cells = line.cells.filter(({ text }) => text !== '');
  const fits = cells.map((cell) => Math.min(1, roomShare(context, cell, line)));
  context.font = `${Math.round(size * Math.max(SMALLEST, Math.min(1, ...fits)))}px ${family}`;
  for (const cell of cells) drawCell(context, cell, line);
}

function drawCell(context: SKRSContext2D, cell: PlacedCell, line: RasterLine): void {
  const left = cell.column * line.charDots;
  const room = cell.width * line.charDots;
  const anchor = cell.align === 'left' ? left : cell.align === 'right' ? left + room : left + room / 2;
  context.direction = cell.ltr ? 'ltr' : line.direction;
  context.textAlign = cell.align;
  context.setTransform(
    Math.min(1, roomShare(context, cell, line)),
    0,
    0,
    1,
    anchor,
    Math.round(line.height * BASELINE_SHARE),
  );
  context.fillText(bidiText(cell, line), 0, 0);
  context.resetTransform();
}

const roomShare = (context: SKRSContext2D, cell: PlacedCell, line: RasterLine): number =>
  (cell.width * line.charDots) / Math.max(1, context.measureText(bidiText(cell, line)).width);

/**
 * Amid Arabic, `-20 %` would read `% 20-` and `1× K2207` change places: runs of Latin and figures are isolated
 * (UAX #9, LRI … PDI), whole words at a time, since half of `K2207` isolated is another batch number.
 */
const bidiText = ({ text, ltr }: PlacedCell, { direction }: RasterLine): string =>
  ltr || direction === 'ltr' ? text : text.replace(latinRun, '\u2066$&\u2069');

const wordPart = String.raw`[^\s·()[\]{}\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF]*`;
const latinWord = `${wordPart}[\\dA-Za-z\u00C0-\u024F]${wordPart}`;
const latinRun = new RegExp(`${latinWord}(?: (?:[×%+]|${latinWord}))*`, 'g');

function matrixBitmap(modules: Modules, { dots, moduleDots }: QrPaper): Bitmap {
  const side = modules.across * moduleDots;
  const height = Math.ceil(side / 8) * 8;
  const data = new Uint8ClampedArray(dots * height * 4).fill(255);
  const left = (dots - side) >> 1;
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const module = Math.floor(y / moduleDots) * modules.across + Math.floor(x / moduleDots);
      const at = (y * dots + left + x) * 4;
      if (modules.black[module]) data.fill(0, at, at + 3);
    }
  }
  return { width: dots, height, data };
}
