import type { ReceiptDoc } from '#shared/sales/receipt.ts';
import { layoutReceipt, type ReceiptRow, type TextRow } from '#shared/sales/receipt-layout.ts';
import { rasterSizes } from '../escpos/encode.ts';
import { printerProfiles } from '../escpos/profiles.ts';
import type { Bitmap, Rasteriser } from '../escpos/raster.ts';
import { barDots, barHeight, codeData, hasRoomForBars, qrModuleDots } from '../escpos/receipt-codes.ts';
import { type Modules, symbolModules } from '../escpos/symbols.ts';

/** Dots of a millimetre, as on the paper of a receipt printer. */
export const dotsPerMm = 8;
/** 80 mm paper, of which 72 mm are printed on. */
const WIDTH = 80 * dotsPerMm;
const { columns, smallColumns, dots: PRINTED } = printerProfiles['generic-80'];
export const sheetMargin = (WIDTH - PRINTED) / 2;

type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** A row of text and how it is drawn; a text below bars is one too. */
type SheetRow = {
  readonly kind: 'row';
  readonly top: number;
  readonly height: number;
  readonly charDots: number;
  readonly row: Pick<TextRow, 'cells' | 'bold'>;
};
type SheetItem = SheetRow | { readonly kind: 'rule' | 'black'; readonly boxes: readonly Box[] };

/** A receipt with all that is printed of it in its place, in dots from the top left corner of 80 mm paper. */
export type ReceiptSheet = {
  readonly width: number;
  readonly height: number;
  readonly direction: 'ltr' | 'rtl';
  readonly items: readonly SheetItem[];
};

type SheetMeans = {
  readonly rasteriser: () => Promise<Rasteriser>;
  /** The counter's own logo, where the receipt has a place for one and no picture of its own. */
  readonly logo?: Uint8Array | undefined;
};

/**
 * The rows of the receipt as its printer on 80 mm paper has them, with the same logo and codes: whatever stands on paper
 * stands here, and nothing else does.
 */
export async function layOutSheet(doc: ReceiptDoc, means: SheetMeans): Promise<ReceiptSheet> {
  const rows = layoutReceipt(doc, { normal: columns, small: smallColumns, double: columns >> 1 });
  const items: SheetItem[] = [];
  let top = EDGE;
  for (const row of rows) {
    const placed = await place(row, top, means);
    items.push(...placed.items);
    top += placed.height;
  }
  return { width: WIDTH, height: top + EDGE, direction: doc.direction, items };
}

/** Blank paper above the first and below the last row. */
const EDGE = 32;
const FEED = 24;
const RULE = 20;
const GAP = 8;

type Placed = { readonly items: readonly SheetItem[]; readonly height: number };
const nothing: Placed = { items: [], height: 0 };

async function place(row: ReceiptRow, top: number, means: SheetMeans): Promise<Placed> {
  switch (row.kind) {
    case 'text': {
      const { height, charDots } = rasterSizes[row.size];
      return { items: [{ kind: 'row', top, height, charDots, row }], height };
    }
    case 'rule': {
      const line = { x: sheetMargin, y: top + RULE / 2 - 1, width: PRINTED, height: 2 };
      return { items: [{ kind: 'rule', boxes: [line] }], height: RULE };
    }
    case 'feed':
      return { items: [], height: row.lines * FEED };
    case 'qr':
      return placeQr(row.data, top);
    case 'code128':
      return placeBars(row.data, top);
    case 'logo':
      return placeLogo(row.image, top, means);
    default:
      return nothing; // a drawer and a knife leave nothing on paper
  }
}

async function placeQr(given: string, top: number): Promise<Placed> {
  const data = codeData(given);
  const modules = data === '' ? undefined : await symbolModules('qrcode', data, { eclevel: 'M' });
  if (!modules) return nothing;
  const side = qrModuleDots(data);
  const boxes = boxesOf(modules, { y: top + GAP, width: side, height: side });
  return { items: [{ kind: 'black', boxes }], height: modules.down * side + 2 * GAP };
}

/** As on paper: bars that have no room become a QR code, and what they say stands below them. */
async function placeBars(given: string, top: number): Promise<Placed> {
  const data = codeData(given);
  if (!hasRoomForBars(data, PRINTED)) return placeQr(given, top);
  const modules = data === '' ? undefined : await symbolModules('code128', data);
  if (!modules) return nothing;
  const boxes = boxesOf(modules, { y: top + GAP, width: barDots, height: barHeight });
  const { height, charDots } = rasterSizes.small;
  const cell = { text: data, column: 0, width: smallColumns, align: 'center', ltr: true } as const;
  const below = { top: top + GAP + barHeight, height, charDots, row: { cells: [cell], bold: false } };
  return {
    items: [
      { kind: 'black', boxes },
      { kind: 'row', ...below },
    ],
    height: barHeight + height + 2 * GAP,
  };
}

async function placeLogo(
  image: string | undefined,
  top: number,
  { rasteriser, logo: own }: SheetMeans,
): Promise<Placed> {
  const file = image === undefined ? own : Buffer.from(image, 'base64');
  if (!file) return nothing;
  const { logo } = await rasteriser();
  const bitmap = await logo(file, PRINTED);
  if (!bitmap) return nothing;
  const boxes = boxesOf(modulesOf(bitmap), { y: top, width: 1, height: 1 });
  return { items: [{ kind: 'black', boxes }], height: bitmap.height };
}

const modulesOf = ({ width, height, bits }: Bitmap): Modules => {
  const across = Math.ceil(width / 8);
  const black = Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return ((bits[y * across + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0;
  });
  return { across: width, down: height, black };
};

/** Black modules, those side by side in one, in the middle of the paper; `each` is the first one's place and size. */
function boxesOf({ across, down, black }: Modules, { y, width, height }: Omit<Box, 'x'>): readonly Box[] {
  const left = sheetMargin + ((PRINTED - across * width) >> 1);
  const boxes: Box[] = [];
  for (let row = 0; row < down; row++) {
    for (let at = 0; at < across; at++) {
      if (!black[row * across + at]) continue;
      const from = at;
      while (at < across && black[row * across + at]) at++;
      boxes.push({ x: left + from * width, y: y + row * height, width: (at - from) * width, height });
    }
  }
  return boxes;
}
