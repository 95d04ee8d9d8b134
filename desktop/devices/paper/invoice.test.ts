import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type InvoicedSale, invoiceOf } from '#shared/sales/invoice.ts';
import { receiptFontsUnder } from '../escpos/raster.ts';
import { a4, layOutInvoice } from './invoice-layout.ts';
import { createPaperMaker } from './invoice-pdf.ts';

const fonts = receiptFontsUnder(join(import.meta.dirname, '../../../node_modules/@expo-google-fonts'));
/** As wide as a wide font is. */
const measure = (text: string, { size }: { readonly size: number }) => text.length * size * 0.6;

function invoice(names: readonly string[], language = 'fr') {
  const at = 1_795_510_800_000;
  const sale: InvoicedSale = {
    ...{ receiptNo: 'S01-T02A-000123', at, tillName: 'Till 2', cashierName: 'Amélie', currency: 'EUR' },
    ...{ taxMode: 'inclusive', totalMinor: names.length * 100, cashRoundingMinor: 0, changeMinor: 0 },
    lines: names.map((name) => ({
      ...{ name, qtyBase: 1, packSize: 1, packPriceMinor: 100, grossMinor: 100, amountMinor: 100 },
      ...{ lineDiscountMinor: 0, cartDiscountMinor: 0, taxPct3: [0], batches: [] },
    })),
    ...{ taxes: [{ taxPct3: [0], baseMinor: names.length * 100, taxMinor: 0 }], taxExemption: null },
    tenders: [{ kind: 'cash', amountMinor: names.length * 100 }],
  };
  const shop = {
    ...{ name: 'صيدلية الجسر', addressLines: ['35000 Rennes'], licence: '', taxNumber: 'FR77' },
    ...{ receiptFooter: '', zone: 'Europe/Paris', minorDigits: 2, language },
  };
  const buyer = { name: 'Société Générale d’Œuvres', address: [], taxNumber: null };
  return invoiceOf(sale, shop, { invoiceNo: 'S01-T02AI-000007', at, buyer, copy: false });
}

test('every row stands on some page, none beyond its foot, and no word is lost', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.stringMatching(/^[A-Za-zÀ-ü]{1,24}$/), { minLength: 1, maxLength: 14 }), {
        minLength: 1,
        maxLength: 90,
      }),
      (names) => {
        const pages = layOutInvoice(invoice(names.map((words) => words.join(' '))), measure);
        const texts = pages.flatMap((page) => page.texts);
        expect(Math.max(...texts.map(({ y }) => y))).toBeLessThanOrEqual(a4.height - 32);
        expect(texts.filter(({ text }) => text === 'Article')).toHaveLength(
          // Sums alone need no head over them.
          pages.filter((page) => page.texts.some(({ text }) => text === '1,00')).length,
        );
        const words = texts
          .filter(({ at, size }) => at === 48 && size === 10)
          .flatMap(({ text }) => text.split(' '));
        for (const word of names.flat()) expect(words).toContain(word);
        expect(texts.at(-1)?.text).toBe(`Page ${pages.length} sur ${pages.length}`);
      },
    ),
    { seed: 5, numRuns: 40 },
  );
});

test('a mark stands at the head and the foot of every page, over and under all else', () => {
  const mark = 'FORMATION – CECI N’EST PAS UN TICKET';
  const plain = invoice(Array(90).fill('Dolorane'));
  const pages = layOutInvoice({ ...plain, mark }, measure);
  expect(pages.length).toBeGreaterThan(1);
  for (const { texts } of pages) {
    const marks = texts.filter(({ text }) => text === mark).map(({ y }) => y);
    const others = texts.filter(({ text }) => text !== mark).map(({ y }) => y);
    expect(marks).toHaveLength(2);
    expect(Math.min(...others)).toBeGreaterThan(Math.min(...marks));
    expect(Math.max(...others)).toBeLessThan(Math.max(...marks));
  }
  expect(
    layOutInvoice(plain, measure)
      .flatMap(({ texts }) => texts)
      .some(({ text }) => text === mark),
  ).toBe(false);
});

test('the file is a PDF with the Latin and the Arabic font inside, on as many pages as it takes', async () => {
  const { invoice: draw } = createPaperMaker(fonts);
  const pdf = Buffer.from(await draw(invoice(Array(70).fill('بانادول 500 ملغ Panadol'), 'ar'))).toString(
    'latin1',
  );
  expect(pdf.slice(0, 5)).toBe('%PDF-');
  expect(pdf).toMatch(/\/FontName \/\w+\+NotoSans-Medium/);
  expect(pdf).toMatch(/\/FontName \/\w+\+NotoSansArabic-Medium/);
  expect(pdf.match(/\/FontFile2/g)?.length).toBeGreaterThanOrEqual(4);
  expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(3);
  expect(pdf).toContain('pdfaid:part');
});
