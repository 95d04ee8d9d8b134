import ReceiptPrinterEncoder from '@point-of-sale/receipt-printer-encoder';
import type { ReceiptDoc } from '#shared/sales/receipt.ts';
import { layoutReceipt, type ReceiptRow, rowText, type TextRow } from '#shared/sales/receipt-layout.ts';
import { starPicture } from '../star/picture.ts';
import { encodePage, pageFor } from './code-pages.ts';
import type { PrinterProfile } from './profiles.ts';
import type { Bitmap, Rasteriser } from './raster.ts';
import { barHeight, codeData, hasRoomForBars, qrModuleDots } from './receipt-codes.ts';

/**
 * The bytes that print a receipt on this printer. Every byte below 0x20 in them belongs to a command written
 * here; text arrives sanitised (receipt-text.ts), and only in a code page that the profile vouches for. A line
 * that no such page can say (₹, Arabic, Devanagari, Œ on some) goes as a picture of itself, and only then is
 * the rasteriser loaded.
 */
export async function encodeReceipt(
  doc: ReceiptDoc,
  profile: PrinterProfile,
  means: EncodeMeans,
): Promise<Uint8Array> {
  const rows = layoutReceipt(doc, {
    normal: profile.columns,
    small: profile.smallColumns,
    double: profile.columns >> 1,
  });
  const out: Out = {
    encoder: newEncoder(profile),
    profile,
    direction: doc.direction,
    pictures: [],
    ...means,
  };
  out.encoder.initialize();
  const chunks = [out.encoder.encode()];
  for (const row of rows) {
    const printed = await printRow(out, row);
    // Pictures one below the other go out as one: Star draws in bands, and would fill up each row's last.
    if (printed.length > 0) chunks.push(picturesOf(out), printed);
  }
  return Buffer.concat([...chunks, picturesOf(out)]);
}

/**
 * A pulse that a printer carries out at once, even while its paper is out or its cover open: DLE DC4 in ESC/POS, FS
 * and EM in Star's sets.
 */
export function pulseAtOnce({ commands }: PrinterProfile, drawer: 1 | 2): Uint8Array {
  if (commands === 'esc-pos') return Uint8Array.of(0x10, 0x14, 1, drawer - 1, 1);
  return Uint8Array.of(drawer === 1 ? 0x1c : 0x19);
}

export type EncodeMeans = {
  readonly rasteriser: () => Promise<Rasteriser>;
  /** The shop's logo, a PNG or JPEG of any size; receipts without one leave its slot out. */
  readonly logo?: Uint8Array;
};

type Out = EncodeMeans & {
  readonly encoder: ReceiptPrinterEncoder;
  readonly profile: PrinterProfile;
  readonly direction: 'ltr' | 'rtl';
  /** Drawn rows of a Star receipt that wait for the next one of another kind. */
  readonly pictures: Bitmap[];
};

function newEncoder({ commands }: PrinterProfile): ReceiptPrinterEncoder {
  return new ReceiptPrinterEncoder({
    language: commands,
    // What it would send behind every row of a StarPRNT receipt; ours ends with its cut.
    autoFlush: false,
    // Only to satisfy the library, which wraps its own text: ours arrives laid out and encoded.
    columns: 48,
    newline: '\n',
    feedAfterBlock: false,
    errors: 'strict',
  });
}

async function printRow(out: Out, row: ReceiptRow): Promise<Uint8Array> {
  const { encoder, profile } = out;
  if (row.kind === 'text') await printText(out, row);
  else if (row.kind === 'rule') encoder.raw(encodePage('-'.repeat(profile.columns), 'cp437')).newline();
  else if (row.kind === 'feed') encoder.newline(row.lines);
  else if (row.kind === 'pulse' && profile.pulse) encoder.pulse(row.drawer - 1);
  else if (row.kind === 'qr') await printQr(out, row.data);
  else if (row.kind === 'code128') await printCode128(out, row.data);
  else if (row.kind === 'logo') await printLogo(out, row.image);
  else if (row.kind === 'cut') return endOfPaper(out);
  return encoder.encode();
}

async function printText(out: Out, row: TextRow): Promise<void> {
  const { encoder, profile } = out;
  const text = rowText(row.cells);
  // A printer has no bidi, and Latin rows in its own letters amid drawn Arabic ones look like another receipt.
  const page = out.direction === 'rtl' ? undefined : pageFor(text, profile);
  if (page === undefined) return printPicture(out, row);
  const small = row.size === 'small';
  if (small) encoder.font('B');
  encoder.bold(row.bold);
  encoder.size(row.size === 'double' ? 2 : 1, row.size === 'double' || row.size === 'tall' ? 2 : 1);
  encoder.raw([...selectPage(profile, page.number), ...encodePage(text, page.page)]).newline();
  encoder.size(1, 1).bold(false);
  if (small) encoder.font('A');
}

const selectPage = ({ commands }: PrinterProfile, number: number) =>
  commands === 'esc-pos' ? [0x1b, 0x74, number] : [0x1b, 0x1d, 0x74, number];

async function printPicture(out: Out, row: TextRow): Promise<void> {
  const { profile, direction, rasteriser } = out;
  const { line } = await rasteriser();
  const { dots } = profile;
  putPicture(out, line({ ...row, direction, dots, ...rasterSizes[row.size] }));
}

function putPicture({ encoder, profile, pictures }: Out, bitmap: Bitmap): void {
  if (profile.commands === 'esc-pos') encoder.raw(pictureBytes(bitmap));
  else pictures.push(bitmap);
}

function picturesOf({ pictures }: Out): Uint8Array {
  return starPicture(pictures.splice(0));
}

/** A row that is drawn, in dots. Font A is 12 dots wide on every printer we know, font B 9. */
export const rasterSizes = {
  small: { charDots: 9, height: 24 },
  normal: { charDots: 12, height: 32 },
  tall: { charDots: 12, height: 56 },
  double: { charDots: 24, height: 56 },
} as const;

/** GS v 0: the one picture command that every printer since 2000 has, cheap ones too. */
function pictureBytes({ width, height, bits }: Bitmap): Uint8Array {
  const across = Math.ceil(width / 8);
  const head = [0x1d, 0x76, 0x30, 0, across & 0xff, across >> 8, height & 0xff, height >> 8];
  return Buffer.concat([Uint8Array.from(head), bits]);
}

async function printLogo(out: Out, image: string | undefined): Promise<void> {
  const { profile, rasteriser } = out;
  // The store's own goes before the counter's.
  const logo = image === undefined ? out.logo : Buffer.from(image, 'base64');
  if (!logo) return;
  const { logo: draw } = await rasteriser();
  const bitmap = await draw(logo, profile.dots);
  if (bitmap) putPicture(out, bitmap);
}

async function printQr(out: Out, given: string): Promise<void> {
  const { encoder, profile, rasteriser } = out;
  const data = codeData(given);
  if (data === '') return;
  const moduleDots = qrModuleDots(data);
  if (profile.qr) {
    encoder.align('center').qrcode(data, { model: 2, size: moduleDots, errorlevel: 'm' }).align('left');
    return;
  }
  const { qr } = await rasteriser();
  const bitmap = await qr(data, { dots: profile.dots, moduleDots });
  if (bitmap) putPicture(out, bitmap);
}

/** Code 128, set B in ESC/POS, as the printer thinks best in Star's sets. One too wide for the paper would not be printed at all by the printer: then a QR code. */
async function printCode128(out: Out, given: string): Promise<void> {
  const { encoder, profile } = out;
  const data = codeData(given);
  if (data === '') return;
  if (!profile.code128 || !hasRoomForBars(data, profile.dots)) return printQr(out, given);
  const options = { height: barHeight, width: 1, text: 'below' } as const;
  // What begins a function of the symbol is doubled, or written %0, to be that character itself.
  const escaped =
    profile.commands === 'esc-pos' ? `{B${data.replaceAll('{', '{{')}` : `{B${data.replaceAll('%', '%0')}`;
  encoder.align('center').barcode(escaped, 'code128', options).align('left');
}

function endOfPaper({ encoder, profile }: Out): Uint8Array {
  const feed = encoder.newline(profile.feedBeforeCut).encode();
  if (profile.cut === 'none') return feed;
  // The library feeds a line after the knife, which the next customer would get as a blank one.
  const cut = encoder.cut(profile.cut).encode();
  return Buffer.concat([feed, cut.subarray(0, cut.lastIndexOf(0x0a))]);
}
