import type { LabelLayout, PlacedItem, PlacedSymbol, PlacedText } from '#shared/catalog/label-layout.ts';
import { printableText } from '#shared/sales/receipt-text.ts';
import type { Bitmap, Rasteriser } from '../escpos/raster.ts';

/**
 * ZPL II for so many copies of a label. Every `^` and `~` in it is written here: data go as UTF-8 under ^FH with
 * each byte but letters, digits and spaces as `_hh`, so that no name can start a command. What the printer's own
 * font cannot say (Arabic, Devanagari, ₹) goes as a picture.
 */
export async function encodeZpl(
  layout: LabelLayout,
  { copies, rasteriser }: { readonly copies: number; readonly rasteriser: () => Promise<Rasteriser> },
): Promise<Uint8Array> {
  const head = `^XA^CI28^LH0,0^PW${layout.width}^LL${layout.height}`;
  const fields: string[] = [];
  for (const item of layout.items) fields.push(await fieldOf(item, layout, rasteriser));
  return Buffer.from(`${head}\n${fields.join('')}^PQ${copies},0,1,Y^XZ\n`, 'latin1');
}

async function fieldOf(
  item: PlacedItem,
  { direction }: LabelLayout,
  rasteriser: () => Promise<Rasteriser>,
): Promise<string> {
  const at = `^FO${item.x},${item.y}`;
  if (item.kind === 'rule') return `${at}^GB${item.width},${item.height},${item.height}^FS\n`;
  if (item.kind === 'symbol') return `${at}${symbolOf(item)}^FH_^FD${symbolData(item)}^FS\n`;
  const text = printableText(item.text);
  if (font0.test(text)) return `${at}${fontOf(item)}^FH_^FD${fieldData(text)}^FS\n`;
  const { line } = await rasteriser();
  const cell = { text, column: 0, width: item.width, align: item.align, ltr: false };
  const { bold, width: dots, height } = item;
  return `${at}${pictureOf(line({ cells: [cell], direction, bold, dots, charDots: 1, height }))}^FS\n`;
}

/** What every Zebra's font 0 has: Latin with its accents, the euro, dashes and quotes. */
const font0 = /^[\x20-\x7E\u00A1-\u00AC\u00AE-\u017F\u2013\u2014\u2018\u2019\u201C\u201D\u2026\u20AC]*$/;

/** A block of one line is how ZPL centres and right-aligns. */
function fontOf({ height, width, align, bold }: PlacedText): string {
  const across = bold ? height : Math.round(height * 0.9);
  return `^A0N,${height},${across}^FB${width},1,0,${blockAlign[align]},0`;
}
const blockAlign = { left: 'L', center: 'C', right: 'R' } as const;

/** In a block a backslash begins a line break or a hyphen: the one sign that is printed as another. */
const fieldData = (text: string): string => escaped(text.replaceAll('\\', '/'));

function symbolOf({ symbol, moduleDots, height }: PlacedSymbol): string {
  if (symbol === 'ean13') return `^BY${moduleDots}^BEN,${height},Y,N`;
  if (symbol === 'code128') return `^BY${moduleDots}^BCN,${height},Y,N,N,A`;
  return `^BQN,2,${moduleDots}`;
}

/** The printer works out an EAN's check digit itself; a QR code is told its error correction and to choose its mode. */
function symbolData({ symbol, data }: PlacedSymbol): string {
  if (symbol === 'ean13') return escaped(data.slice(0, 12));
  return symbol === 'qr' ? `MA,${escaped(data)}` : escaped(data);
}

function escaped(text: string): string {
  return Array.from(Buffer.from(text, 'utf8'), (byte) =>
    plain.has(byte) ? String.fromCharCode(byte) : `_${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  ).join('');
}

const plain: ReadonlySet<number> = new Set(
  Buffer.from(' 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 'latin1'),
);

function pictureOf({ width, bits }: Bitmap): string {
  return `^GFA,${bits.length},${bits.length},${Math.ceil(width / 8)},${Buffer.from(bits).toString('hex').toUpperCase()}`;
}
