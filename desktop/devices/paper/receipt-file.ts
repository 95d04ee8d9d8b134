import type { SKRSContext2D } from '@napi-rs/canvas';
import type { ReceiptFileFormat } from '#shared/sales/calls-receipt-files.ts';
import type { ReceiptDoc } from '#shared/sales/receipt.ts';
import { receiptText } from '#shared/sales/receipt-layout.ts';
import { drawLine, lazyRasteriser, loadFamilies, type Pen, type ReceiptFonts } from '../escpos/raster.ts';
import { dotsPerMm, layOutSheet, type ReceiptSheet, sheetMargin } from './receipt-sheet.ts';

/** What file is wanted; `title` is what a viewer shows above a PDF. `logo` is the counter's own, a PNG or JPEG. */
type ReceiptFileWish = {
  readonly format: ReceiptFileFormat;
  readonly title: string;
  readonly logo?: Uint8Array | undefined;
};

/**
 * Draws receipts as files: one page of PDF/A as wide as the paper and as long as the receipt, its text as text and its
 * fonts inside, or a PNG. Both from one sheet. The canvas (35 MB) is loaded at the first file.
 */
export function createReceiptFiles(fonts: ReceiptFonts) {
  const rasteriser = lazyRasteriser(fonts);
  let loading: ReturnType<typeof loadFamilies> | undefined;
  return async (doc: ReceiptDoc, { format, title, logo }: ReceiptFileWish): Promise<Uint8Array> => {
    loading ??= loadFamilies(fonts);
    const families = await loading;
    const sheet = await layOutSheet(doc, { rasteriser, logo });
    // What is written in shaped letters cannot be read back out of them: a file that is searched for has it in plain text.
    const about = { title, subject: receiptText(doc, 48) };
    return format === 'pdf' ? toPdf(sheet, families, about) : toPng(sheet, families);
  };
}

type Families = Awaited<ReturnType<typeof loadFamilies>>;

const POINTS_PER_MM = 72 / 25.4;

async function toPdf(
  sheet: ReceiptSheet,
  families: Families,
  about: { readonly title: string; readonly subject: string },
): Promise<Uint8Array> {
  const { PDFDocument } = await import('@napi-rs/canvas');
  const scale = POINTS_PER_MM / dotsPerMm;
  const pdf = new PDFDocument({ ...about, pdfa: true });
  const page = pdf.beginPage(sheet.width * scale, sheet.height * scale);
  page.fillStyle = '#000';
  draw(page, sheet, { families, scale });
  pdf.endPage();
  return new Uint8Array(pdf.close());
}

/** Beyond so many dots a picture of twice the size would take more memory than a receipt is worth. */
const LONG = 8_000;

async function toPng(sheet: ReceiptSheet, families: Families): Promise<Uint8Array> {
  const { createCanvas } = await import('@napi-rs/canvas');
  const scale = sheet.height > LONG ? 1 : 2;
  const canvas = createCanvas(sheet.width * scale, sheet.height * scale);
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = '#000';
  draw(context, sheet, { families, scale });
  const png = new Uint8Array(canvas.toBuffer('image/png'));
  // Its dots are outside the heap, where the collector does not see how large it is.
  canvas.width = 1;
  canvas.height = 1;
  return png;
}

/** `scale` is the length of a dot. */
function draw(
  pen: Pen & Pick<SKRSContext2D, 'beginPath' | 'rect' | 'fill'>,
  { direction, items }: ReceiptSheet,
  { families, scale }: { readonly families: Families; readonly scale: number },
): void {
  for (const item of items) {
    if (item.kind === 'row') {
      const { row, height, charDots, top } = item;
      const family = row.bold ? families.bold : families.medium;
      const line = { ...row, direction, height, charDots };
      drawLine(pen, line, { family, left: sheetMargin, top, scale });
      continue;
    }
    // One path, for between boxes that are filled one by one a viewer shows hairlines.
    pen.beginPath();
    for (const { x, y, width, height } of item.boxes) {
      pen.rect(x * scale, y * scale, width * scale, height * scale);
    }
    pen.fill();
  }
}
