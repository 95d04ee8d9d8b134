import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type InvoicedSale, invoiceNumber, invoiceOf, invoiceSeries } from './invoice.ts';
import { saleTotals } from './totals.ts';
import { exemptSaleTotals } from './totals-exempt.ts';

const shop = {
  ...{ name: 'Pharmacie du Pont', addressLines: ['3 quai Neuf', '35000 Rennes'], licence: 'L-1' },
  ...{ taxNumber: 'FR77', receiptFooter: 'Merci', zone: 'Europe/Paris', minorDigits: 2, language: 'en' },
};
const at = 1_795_510_800_000;
const made = {
  ...{ invoiceNo: 'S01-T02AI-000007', at, copy: false },
  buyer: { name: 'Clinique Haute', address: ['2 rue Haute'], taxNumber: 'FR2' },
};
const cents = (text: string) => Number(text.replaceAll(/[^\d-]/g, ''));

/** A sale as it would be stored, from whatever was put into it. */
function sold(
  taxMode: 'inclusive' | 'exclusive',
  lines: readonly {
    readonly price: number;
    readonly qty: number;
    readonly off: number;
    readonly rate: number;
  }[],
  taxExemption: string | null = null,
): InvoicedSale {
  const input = {
    taxMode,
    lines: lines.map(({ price, qty, off, rate }) => ({
      ...{ packSize: 10, qtyBase: qty, packPriceMinor: price, taxPct3: [rate] },
      discount: { kind: 'percent' as const, ratePct3: off },
    })),
  };
  const totals = taxExemption === null ? saleTotals(input) : exemptSaleTotals(input);
  if (!totals.ok) throw new Error(totals.error.code);
  const { lines: sums, taxes, totalMinor } = totals.value;
  return {
    ...{ receiptNo: 'S01-T02A-000123', at, tillName: 'Till 2', cashierName: 'Amélie', currency: 'EUR' },
    ...{ taxMode, totalMinor, cashRoundingMinor: 0, changeMinor: 40, taxExemption },
    lines: sums.map(({ grossMinor, lineDiscountMinor, cartDiscountMinor, amountMinor }, i) => ({
      ...{ grossMinor, lineDiscountMinor, cartDiscountMinor, amountMinor },
      ...{ name: `Article ${i}`, packSize: 10, qtyBase: lines[i]?.qty ?? 0 },
      ...{
        packPriceMinor: lines[i]?.price ?? 0,
        taxPct3: taxExemption === null ? [lines[i]?.rate ?? 0] : [0],
      },
      batches: [{ code: `B${i}`, expiresOn: '2028-02-29', qtyBase: lines[i]?.qty ?? 0 }],
    })),
    taxes: taxes.map(({ taxPct3, baseMinor, componentsMinor }) => ({
      ...{ taxPct3, baseMinor },
      taxMinor: componentsMinor.reduce((sum, minor) => sum + minor, 0),
    })),
    tenders: [{ kind: 'cash', amountMinor: totalMinor + 40 }],
  };
}

const someLines = fc.array(
  fc.record({
    price: fc.integer({ min: 1, max: 90_000 }),
    qty: fc.integer({ min: 1, max: 45 }),
    off: fc.integer({ min: 0, max: 100_000 }),
    rate: fc.constantFrom(0, 2100, 5500, 20_000),
  }),
  { minLength: 1, maxLength: 8 },
);

test.each(['inclusive', 'exclusive'] as const)(
  'what an invoice says adds up to the sale, with prices %s of tax and without any',
  (taxMode) => {
    fc.assert(
      fc.property(someLines, fc.constantFrom(null, 'X-99'), (lines, exemption) => {
        const sale = sold(taxMode, lines, exemption);
        const { rows, rates, sums } = invoiceOf(sale, shop, made);
        const [net, tax, total, paid] = sums.map(({ value }) => cents(value));
        const sum = (texts: readonly string[]) => texts.reduce((all, text) => all + cents(text), 0);
        expect((net ?? 0) + (tax ?? 0)).toBe(sale.totalMinor);
        expect([total, paid]).toEqual([sale.totalMinor, sale.totalMinor]);
        expect([sum(rates.map((one) => one.base)), sum(rates.map((one) => one.tax))]).toEqual([net, tax]);
        expect(sum(rows.map(({ amount }) => amount))).toBe(taxMode === 'inclusive' ? total : net);
        for (const [i, row] of rows.entries())
          expect((sale.lines[i]?.grossMinor ?? 0) + cents(row.reduction)).toBe(cents(row.amount));
        if (exemption !== null) expect(tax).toBe(0);
      }),
      { seed: 4, numRuns: 150 },
    );
  },
);

describe('the invoice', () => {
  const sale = sold('inclusive', [
    { price: 1500, qty: 20, off: 0, rate: 2100 },
    { price: 1000, qty: 14, off: 10_000, rate: 20_000 },
  ]);

  test('names both sides, its number and the receipt it is of', () => {
    expect(invoiceOf(sale, shop, made)).toMatchObject({
      ...{ title: 'TAX INVOICE', copy: null, direction: 'ltr' },
      seller: {
        name: 'Pharmacie du Pont',
        lines: ['3 quai Neuf', '35000 Rennes', 'Tax no. FR77', 'Licence L-1'],
      },
      buyer: { name: 'Clinique Haute', lines: ['2 rue Haute', 'Tax no. FR2'] },
      facts: [{ value: 'S01-T02AI-000007' }, { value: '24 Nov 2026' }, { value: 'S01-T02A-000123' }, {}],
      rows: [
        {
          quantity: '2',
          detail: 'B0 exp 02/2028',
          price: '15.00',
          reduction: '',
          rate: '2.1 %',
          amount: '30.00',
        },
        { quantity: '1 + 4/10', reduction: '-1.40', rate: '20 %', amount: '12.60' },
      ],
      rates: [
        { rate: '2.1 %', base: '29.38', tax: '0.62' },
        { rate: '20 %', base: '10.50', tax: '2.10' },
      ],
      notes: ['Prices and amounts include tax.'],
    });
  });

  test('says COPY every time but the first, and why there is no tax', () => {
    expect(invoiceOf(sale, { ...shop, language: 'fr' }, { ...made, copy: true }).copy).toBe('DUPLICATA');
    const exempt = sold('exclusive', [{ price: 1000, qty: 10, off: 0, rate: 20_000 }], 'NGO 7');
    expect(invoiceOf(exempt, shop, made).notes).toEqual([
      'Exempt from tax: certificate NGO 7. No tax was charged.',
    ]);
  });

  test('is written from right to left in Arabic', () => {
    const doc = invoiceOf(sale, { ...shop, language: 'ar' }, made);
    expect([doc.direction, doc.title, doc.rows[1]?.amount]).toEqual(['rtl', 'فاتورة ضريبية', '12.60']);
  });
});

test('its series is its own, with the letter of the till', () => {
  const series = invoiceSeries({ storeCode: 'S01', tillCode: 'T02', inc: 1 });
  expect(invoiceNumber(series, 123)).toBe('S01-T02AI-000123');
});
