import { join } from 'node:path';
import type { SKRSContext2D } from '@napi-rs/canvas';
import type { PlacedCell } from '#shared/sales/receipt-layout.ts';
import { type Modules, symbolModules } from './symbols.ts';

/** One bit a dot, each row in whole bytes, highest bit leftmost, 1 is black: as GS v 0 takes it. */
export type Bitmap = { readonly width: number; readonly height: number; readonly bits: Uint8Array };

/** A row of text in dots: of one of its characters, and of its own height. */
type DrawnLine = {
  readonly cells: readonly PlacedCell[];
  readonly direction: 'ltr' | 'rtl';
  readonly charDots: number;
  readonly height: number;
};

/** `dots` across the paper. */
export type RasterLine = DrawnLine & { readonly bold: boolean; readonly dots: number };

/** Draws what a printer's own characters cannot say. Shaping and bidi are the canvas's. */
export type Rasteriser = {
  readonly line: (line: RasterLine) => Bitmap;
  /** A QR code centred on the paper; undefined where the data makes none. */
  readonly qr: (data: string, paper: QrPaper) => Promise<Bitmap | undefined>;
  /** A PNG or JPEG in black and white, centred, at most half the paper wide; undefined when it is no picture. */
  readonly logo: (image: Uint8Array, dots: number) => Promise<Bitmap | undefined>;
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
  const { createCanvas, loadImage } = await import('@napi-rs/canvas');
  const { medium, bold } = await loadFamilies(fonts);
  let canvas = createCanvas(576, 64);
  return {
    line(line) {
      // One canvas for all lines: their memory is outside the heap, and a canvas a line filled 800 MB in a day.
      if (canvas.width < line.dots || canvas.height < line.height)
        canvas = createCanvas(line.dots, line.height);
      const context = canvas.getContext('2d');
      context.fillStyle = '#fff';
      context.fillRect(0, 0, line.dots, line.height);
      context.fillStyle = '#000';
      drawLine(context, line, { family: line.bold ? bold : medium });
      const { data } = context.getImageData(0, 0, line.dots, line.height);
      // Red stands for all three: the drawing is black on white.
      const isBlack = (x: number, y: number) => (data[(y * line.dots + x) * 4] ?? 255) < BLACK_BELOW;
      return packed(line.dots, line.height, isBlack);
    },
    async logo(file, dots) {
      const image = await loadImage(Buffer.from(file)).catch(() => undefined);
      if (!image) return undefined;
      const width = Math.min(image.width, dots >> 1);
      const height = Math.max(1, Math.round((image.height * width) / image.width));
      const context = createCanvas(dots, height).getContext('2d');
      context.fillStyle = '#fff';
      context.fillRect(0, 0, dots, height);
      context.drawImage(image, (dots - width) >> 1, 0, width, height);
      const { data } = context.getImageData(0, 0, dots, height);
      const light = (at: number) =>
        0.3 * (data[at] ?? 0) + 0.59 * (data[at + 1] ?? 0) + 0.11 * (data[at + 2] ?? 0);
      return packed(dots, height, (x, y) => light((y * dots + x) * 4) < BLACK_BELOW);
    },
    async qr(data, paper) {
      const modules = await symbolModules('qrcode', data, { eclevel: 'M' });
      return modules && matrixBitmap(modules, paper);
    },
  };
}

/** The fonts under the names a canvas knows them by, as CSS has families: Latin first, then who has the letter. */
export async function loadFamilies(
  fonts: ReceiptFonts,
): Promise<{ readonly medium: string; readonly bold: string }> {
  const { GlobalFonts } = await import('@napi-rs/canvas');
  const register = (files: readonly string[], weight: string) =>
    files.map((file, i) => {
      const family = `Receipt ${weight} ${i}`;
      if (!GlobalFonts.registerFromPath(file, family)) throw new Error(`font cannot be read: ${file}`);
      return `"${family}"`;
    });
  return {
    medium: register(fonts.medium, 'medium').join(', '),
    bold: register(fonts.bold, 'bold').join(', '),
  };
}

/** Of the row's height: 0.68 holds Devanagari's and Arabic's marks above and below. */
const FONT_SHARE = 0.68;
const BASELINE_SHARE = 0.72;
const SMALLEST = 0.7;

/** What a row of text is drawn with: a canvas, or the page of a PDF, which can less. */
export type Pen = Pick<
  SKRSContext2D,
  'font' | 'direction' | 'textAlign' | 'measureText' | 'setTransform' | 'resetTransform' | 'fillText'
>;

/** Of which fonts, and where on a larger drawing: `top` in dots, each of them `scale` long. */
type LineLook = {
  readonly family: string;
  readonly left?: number;
  readonly top?: number;
  readonly scale?: number;
};

/** Where a text is wider than its cell the whole row gets smaller, and beyond that the text narrower. */
export function drawLine(pen: Pen, line: DrawnLine, look: LineLook): void {
  const size = line.height * FONT_SHARE;
  pen.font = `${Math.round(size)}px ${look.family}`;
  const cells = line.cells.filter(({ text }) => text !== '');
  const fits = cells.map((cell) => Math.min(1, roomShare(pen, cell, line)));
  pen.font = `${Math.round(size * Math.max(SMALLEST, Math.min(1, ...fits)))}px ${look.family}`;
  for (const cell of cells) drawCell(pen, cell, { line, look });
}

function drawCell(
  pen: Pen,
  cell: PlacedCell,
  { line, look: { left: x = 0, top = 0, scale = 1 } }: { readonly line: DrawnLine; readonly look: LineLook },
): void {
  const left = x + cell.column * line.charDots;
  const room = cell.width * line.charDots;
  const anchor = cell.align === 'left' ? left : cell.align === 'right' ? left + room : left + room / 2;
  const baseline = top + Math.round(line.height * BASELINE_SHARE);
  pen.direction = cell.ltr ? 'ltr' : line.direction;
  pen.textAlign = cell.align;
  const share = Math.min(1, roomShare(pen, cell, line));
  pen.setTransform(share * scale, 0, 0, scale, anchor * scale, baseline * scale);
  pen.fillText(bidiText(cell, line), 0, 0);
  pen.resetTransform();
}

const roomShare = (pen: Pen, cell: PlacedCell, line: DrawnLine): number =>
  (cell.width * line.charDots) / Math.max(1, pen.measureText(bidiText(cell, line)).width);

const bidiText = ({ text, ltr }: PlacedCell, { direction }: DrawnLine): string =>
  ltr || direction === 'ltr' ? text : isolateLatin(text);

/**
 * Amid Arabic, `-20 %` would read `% 20-` and `1× K2207` change places: runs of Latin and figures are isolated
 * (UAX #9, LRI … PDI), whole words at a time, since half of `K2207` isolated is another batch number.
 */
export const isolateLatin = (text: string): string => text.replace(latinRun, '\u2066$&\u2069');

const wordPart = String.raw`[^\s·()[\]{}\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF]*`;
const latinWord = `${wordPart}[\\dA-Za-z\u00C0-\u024F]${wordPart}`;
const latinRun = new RegExp(`${latinWord}(?: (?:[×%+]|${latinWord}))*`, 'g');

function matrixBitmap({ across, black }: Modules, { dots, moduleDots }: QrPaper): Bitmap {
  const side = across * moduleDots;
  const left = (dots - side) >> 1;
  return packed(dots, side, (x, y) => {
    const column = Math.floor((x - left) / moduleDots);
    return column >= 0 && column < across && (black[Math.floor(y / moduleDots) * across + column] ?? false);
  });
}

/** Half-lit edges of letters count as black: thermal heads print thin strokes too thin. */
const BLACK_BELOW = 160;

function packed(width: number, height: number, isBlack: (x: number, y: number) => boolean): Bitmap {
  const across = Math.ceil(width / 8);
  const bits = new Uint8Array(across * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * across + (x >> 3);
      if (isBlack(x, y)) bits[at] = (bits[at] ?? 0) | (0x80 >> (x & 7));
    }
  }
  return { width, height, bits };
}
