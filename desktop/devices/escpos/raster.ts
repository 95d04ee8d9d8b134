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
      const context = blank(createCanvas(line.dots, line.height).getContext('2d'), line);
      for (const cell of line.cells) drawCell(context, cell, { ...line, family: line.bold ? bold : medium });
      return pixels(context, line);
    },
    async qr(data, paper) {
      const modules = await symbolModules('qrcode', data, { eclevel: 'M' });
      return modules && matrixBitmap(modules, paper);
    },
  };
}

type Size = { readonly dots: number; readonly height: number };

function blank(context: SKRSContext2D, { dots, height }: Size): SKRSContext2D {
  context.fillStyle = '#fff';
  context.fillRect(0, 0, dots, height);
  context.fillStyle = '#000';
  return context;
}

const pixels = (context: SKRSContext2D, { dots, height }: Size): Bitmap => ({
  width: dots,
  height,
  data: context.getImageData(0, 0, dots, height).data,
});

/** Text taller than its script's line would be cut by the next raster line: 0.68 holds Devanagari and Arabic. */
const FONT_SHARE = 0.68;
const BASELINE_SHARE = 0.72;

function drawCell(
  context: SKRSContext2D,
  cell: PlacedCell,
  line: RasterLine & { readonly family: string },
): void {
  const left = cell.column * line.charDots;
  const room = cell.width * line.charDots;
  context.font = `${Math.round(line.height * FONT_SHARE)}px ${line.family}`;
  context.direction = cell.ltr ? 'ltr' : line.direction;
  context.textAlign = cell.align;
  const anchor = cell.align === 'left' ? left : cell.align === 'right' ? left + room : left + room / 2;
  const squeeze = Math.min(1, room / Math.max(1, context.measureText(cell.text).width));
  context.setTransform(squeeze, 0, 0, 1, anchor, Math.round(line.height * BASELINE_SHARE));
  context.fillText(cell.text, 0, 0);
  context.resetTransform();
}

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
