import type { LabelLayout, PlacedSymbol, PlacedText } from '#shared/catalog/label-layout.ts';
import { printableText } from '#shared/sales/receipt-text.ts';
import type { Bitmap, Rasteriser } from '../escpos/raster.ts';
import { symbolModules } from '../escpos/symbols.ts';

/** The label as a picture: what an ESC/POS printer gets, and what every preview shows. */
export async function drawLabel(layout: LabelLayout, rasteriser: () => Promise<Rasteriser>): Promise<Bitmap> {
  const paper = blankPaper(layout.width, layout.height);
  const { line } = await rasteriser();
  const write = ({ text, x, y, width, height, align, bold }: Omit<PlacedText, 'kind'>, ltr: boolean) => {
    const cell = { text: printableText(text), column: 0, width, align, ltr };
    const drawn = line({
      ...{ cells: [cell], direction: layout.direction, bold, dots: width, charDots: 1, height },
    });
    paper.stamp(drawn, x, y);
  };
  for (const item of layout.items) {
    if (item.kind === 'text') write(item, false);
    else if (item.kind === 'rule') paper.fill(item);
    else {
      await drawSymbol(paper, item);
      const below = { ...item, y: item.y + item.height, height: item.digits, text: item.data };
      if (item.digits > 0) write({ ...below, align: 'center', bold: false }, true);
    }
  }
  return paper.bitmap;
}

async function drawSymbol(paper: Paper, item: PlacedSymbol): Promise<void> {
  const { moduleDots, data } = item;
  const modules = await symbolModules(
    bwipNames[item.symbol],
    data,
    item.symbol === 'qr' ? { eclevel: 'M' } : {},
  );
  if (!modules) return;
  const height = modules.down === 1 ? item.height : moduleDots;
  for (const [i, black] of modules.black.entries()) {
    const x = item.x + (i % modules.across) * moduleDots;
    const y = item.y + Math.floor(i / modules.across) * moduleDots;
    if (black) paper.fill({ x, y, width: moduleDots, height });
  }
}
const bwipNames = { ean13: 'ean13', code128: 'code128', qr: 'qrcode' } as const;

type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
type Paper = ReturnType<typeof blankPaper>;

function blankPaper(width: number, height: number) {
  const across = Math.ceil(width / 8);
  const bits = new Uint8Array(across * height);
  const dot = (x: number, y: number): void => {
    if (x < 0 || y < 0 || x >= width || y >= height) return;
    const at = y * across + (x >> 3);
    bits[at] = (bits[at] ?? 0) | (0x80 >> (x & 7));
  };
  return {
    bitmap: { width, height, bits } satisfies Bitmap,
    fill(box: Box): void {
      for (let y = box.y; y < box.y + box.height; y++)
        for (let x = box.x; x < box.x + box.width; x++) dot(x, y);
    },
    stamp(picture: Bitmap, left: number, top: number): void {
      for (let y = 0; y < picture.height; y++)
        for (let x = 0; x < picture.width; x++) if (isBlack(picture, x, y)) dot(left + x, top + y);
    },
  };
}

/** Whether a dot of the picture is black. */
export function isBlack({ width, bits }: Bitmap, x: number, y: number): boolean {
  const byte = bits[y * Math.ceil(width / 8) + (x >> 3)] ?? 0;
  return (byte & (0x80 >> (x & 7))) !== 0;
}
