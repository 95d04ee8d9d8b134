import type { InvoiceDoc } from '#shared/sales/invoice.ts';
import { isolateLatin, loadFamilies, type Pen, type ReceiptFonts } from '../escpos/raster.ts';
import { a4, layOutInvoice, type Placed } from './invoice-layout.ts';

/**
 * Draws invoices as A4 pages of PDF/A with their fonts inside. The canvas shapes and orders every script, as it does for receipts; it is loaded at the first paper.
 */
export function createPaperMaker(fonts: ReceiptFonts) {
  let loading: ReturnType<typeof loadDrawer> | undefined;
  return {
    async invoice(doc: InvoiceDoc): Promise<Uint8Array> {
      loading ??= loadDrawer(fonts);
      return (await loading)(doc);
    },
  };
}

type Families = { readonly medium: string; readonly bold: string };

async function loadDrawer(fonts: ReceiptFonts): Promise<(doc: InvoiceDoc) => Uint8Array> {
  const { createCanvas, PDFDocument } = await import('@napi-rs/canvas');
  const families = await loadFamilies(fonts);
  const scratch = createCanvas(8, 8).getContext('2d');
  return (doc) => {
    const pages = layOutInvoice(doc, (text, font) => {
      scratch.font = fontOf(font, families);
      return scratch.measureText(text).width;
    });
    const number = doc.facts[0]?.value ?? '';
    const pdf = new PDFDocument({ title: `${doc.title} ${number}`, author: doc.seller.name, pdfa: true });
    for (const { texts, rules } of pages) {
      const context = pdf.beginPage(a4.width, a4.height);
      context.fillStyle = '#000';
      for (const text of texts) drawText(context, text, { families, direction: doc.direction });
      for (const y of rules) context.fillRect(48, y, a4.width - 96, 0.6);
      pdf.endPage();
    }
    return new Uint8Array(pdf.close());
  };
}

const fontOf = ({ size, bold }: Pick<Placed, 'size' | 'bold'>, { medium, bold: heavy }: Families): string =>
  `${size}px ${bold ? heavy : medium}`;

function drawText(
  context: Pen,
  placed: Placed,
  { families, direction }: { readonly families: Families; readonly direction: 'ltr' | 'rtl' },
): void {
  const { at, width, y, align } = placed;
  const isRtl = direction === 'rtl';
  const text = isRtl ? isolateLatin(placed.text) : placed.text;
  const from = align === 'start' ? at : at + width;
  context.font = fontOf(placed, families);
  context.direction = direction;
  context.textAlign = (align === 'start') === isRtl ? 'right' : 'left';
  const share = Math.min(1, width / Math.max(1, context.measureText(text).width));
  context.setTransform(share, 0, 0, 1, isRtl ? a4.width - from : from, y);
  context.fillText(text, 0, 0);
  context.resetTransform();
}
