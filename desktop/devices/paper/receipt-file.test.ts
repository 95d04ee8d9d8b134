import { createCanvas, loadImage } from '@napi-rs/canvas';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ReceiptDoc, saleReceipt } from '#shared/sales/receipt.ts';
import { fiscalReceipt } from '#shared/sales/receipt-fiscal.ts';
import { layoutReceipt, rowText } from '#shared/sales/receipt-layout.ts';
import { encodeReceipt } from '../escpos/encode.ts';
import { toText } from '../escpos/interpreter/document.ts';
import { interpret } from '../escpos/interpreter/interpret.ts';
import { printerProfiles } from '../escpos/profiles.ts';
import { lazyRasteriser, receiptFontsUnder } from '../escpos/raster.ts';
import { sampleSale, sampleSaleArabic } from '../escpos/sample-receipts.ts';
import { readPdfPage } from './pdf-reader.ts';
import { createReceiptFiles } from './receipt-file.ts';
import { dotsPerMm, layOutSheet, type ReceiptSheet } from './receipt-sheet.ts';

const fonts = receiptFontsUnder('node_modules/@expo-google-fonts');
const rasteriser = lazyRasteriser(fonts);
const draw = createReceiptFiles(fonts);
const title = 'S01-T02A-004518';

/** A copy, signed, of a training: with every line that some receipts have and others have not. */
const whole = fiscalReceipt(
  saleReceipt({ ...sampleSale, copy: true, training: true, shop: { ...sampleSale.shop, logo: true } }),
  { state: 'signed', signature: 'AbCdEfGh0123456789' },
  'en',
);
const arabic = saleReceipt({ ...sampleSaleArabic, code: 'code128' });

/** Ten by ten dots, black, as a store's logo comes. */
function blackLogo(): Uint8Array {
  const context = createCanvas(10, 10).getContext('2d');
  context.fillRect(0, 0, 10, 10);
  return context.canvas.toBuffer('image/png');
}

/** The words of a line, however far apart they stand. */
const words = (line: string): string => line.trim().replace(/\s+/g, ' ');
const said = (lines: readonly string[]): readonly string[] =>
  lines.map(words).filter((line) => line !== '' && !/^-+$/.test(line));

async function linesOnPaper(doc: ReceiptDoc): Promise<readonly string[]> {
  const bytes = await encodeReceipt(doc, printerProfiles['generic-80'], { rasteriser });
  return said(toText(interpret(bytes)).split('\n'));
}

test('the PDF has the lines of the paper, in the same order, to be copied as text', async () => {
  const page = readPdfPage(await draw(whole, { format: 'pdf', title }));
  const lines = page.lines.toSorted((a, b) => a.y - b.y).map(({ text }) => words(text));
  expect(lines).toEqual(await linesOnPaper(whole));
  for (const part of ['*** COPY ***', '*** TRAINING ***', 'TOTAL EUR €27.76']) expect(lines).toContain(part);
  expect(lines.at(-1)).toBe('Signature AbCd EfGh 0123 4567');
});

test('one page, 80 mm wide and as long as the receipt, with its fonts inside', async () => {
  const pdf = await draw(arabic, { format: 'pdf', title });
  const text = Buffer.from(pdf).toString('latin1');
  const { width, height, lines } = readPdfPage(pdf);
  expect(Math.abs(width - (80 * 72) / 25.4)).toBeLessThan(0.5);
  const sheet = await layOutSheet(arabic, { rasteriser });
  expect(Math.abs(height - (sheet.height / dotsPerMm) * (72 / 25.4))).toBeLessThan(1);
  expect(lines).toHaveLength(sheet.items.filter(({ kind }) => kind === 'row').length);
  expect(text.match(/\/Type \/Page\b/g)).toHaveLength(1);
  for (const font of ['NotoSansArabic-Medium', 'NotoSansArabic-Bold', 'NotoSans-Medium'])
    expect(text).toMatch(new RegExp(`/FontName /\\w+\\+${font}`));
  expect(text.match(/\/FontDescriptor/g)?.length).toBeGreaterThan(0);
  expect(text.match(/\/FontFile2/g)).toHaveLength(text.match(/\/Type \/FontDescriptor/g)?.length ?? 0);
  expect(text).toContain('pdfaid:part');
});

test('whatever a receipt says, the file’s rows are those of the printer, and stand within the paper', async () => {
  const name = fc.string({ unit: 'grapheme', maxLength: 90 });
  const anyReceipt = fc.record({
    name,
    footer: fc.array(name, { maxLength: 4 }),
    code: fc.constantFrom('qr', 'code128', 'none'),
  });
  await fc.assert(
    fc.asyncProperty(anyReceipt, fc.constantFrom(sampleSale, sampleSaleArabic), async (typed, sale) => {
      const doc = saleReceipt({
        ...{ ...sale, footer: typed.footer, code: typed.code === 'none' ? 'none' : typed.code },
        lines: sale.lines.map((line) => ({ ...line, name: typed.name })),
      });
      const sheet = await layOutSheet(doc, { rasteriser });
      const printed = layoutReceipt(doc, { normal: 48, small: 64, double: 24 });
      const rows = printed.flatMap((row) => (row.kind === 'text' ? [rowText(row.cells)] : []));
      expect(said(rowsOf(sheet)).filter((row) => row !== doc.nodes.find(isBars)?.data)).toEqual(said(rows));
      for (const item of sheet.items) {
        const [top, end] = extent(item);
        expect(top).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(sheet.height);
      }
    }),
    { seed: 11, numRuns: 60 },
  );
});

test('the picture has ink where the sheet has a row, a code or a logo, and nowhere else', async () => {
  for (const doc of [whole, arabic]) {
    const logo = blackLogo();
    const sheet = await layOutSheet(doc, { rasteriser, logo });
    const { width, height, inkAt } = await readPicture(await draw(doc, { format: 'png', title, logo }));
    expect([width, height]).toEqual([sheet.width * 2, sheet.height * 2]);
    const bands = sheet.items.map(extent);
    for (const [top, end] of bands) expect(inkAt(top * 2, end * 2)).toBe(true);
    for (let y = 0; y < sheet.height; y++) {
      // A deep Arabic letter reaches a dot below its row; a printer cuts that off.
      if (!bands.some(([top, end]) => y >= top && y < end + 1)) expect(inkAt(y * 2, y * 2 + 2)).toBe(false);
    }
  }
  const black = (await layOutSheet(whole, { rasteriser, logo: blackLogo() })).items.filter(
    ({ kind }) => kind === 'black',
  );
  expect(black).toHaveLength(2);
});

type Item = ReceiptSheet['items'][number];
const isBars = (node: ReceiptDoc['nodes'][number]) => node.kind === 'code128';
const rowsOf = ({ items }: ReceiptSheet): readonly string[] =>
  items.flatMap((item) => (item.kind === 'row' ? [rowText(item.row.cells)] : []));

/** First dot and the one behind the last. */
const extent = (item: Item): readonly [number, number] =>
  item.kind === 'row'
    ? [item.top, item.top + item.height]
    : [Math.min(...item.boxes.map(({ y }) => y)), Math.max(...item.boxes.map(({ y, height }) => y + height))];

async function readPicture(png: Uint8Array) {
  const image = await loadImage(Buffer.from(png));
  const { width, height } = image;
  const context = createCanvas(width, height).getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  const dark = Array.from({ length: height }, (_, y) => {
    for (let x = 0; x < width; x++) if ((data[(y * width + x) * 4] ?? 255) < 128) return true;
    return false;
  });
  return { width, height, inkAt: (from: number, to: number) => dark.slice(from, to).includes(true) };
}
