import fc from 'fast-check';
import { expect, test } from 'vitest';
import { receiptDesign } from '#shared/auth/receipt-design.ts';
import { anySale, sum, value } from '../../build/sale-samples.ts';
import type { ReceiptDoc } from './receipt.ts';
import { rateLabel, receiptOfSale, type SoldSale } from './receipt-of-sale.ts';
import { saleTotals } from './totals.ts';

const shop = {
  ...{ name: 'Pharmacie du Pont', addressLines: ['12 quai des Tanneurs'], licence: '99#1', taxNumber: 'FR0' },
  ...{ receiptFooter: 'Merci', zone: 'Europe/Paris', minorDigits: 2, language: 'en' },
};
const line = {
  ...{ name: 'Dolorane 500 mg', qtyBase: 37, packSize: 16, packPriceMinor: 218, grossMinor: 504 },
  ...{ lineDiscountMinor: 4, cartDiscountMinor: 50, taxPct3: [2100] },
  batches: [
    { code: 'D1', expiresOn: '2027-01-31', qtyBase: 32 },
    { code: 'D2', expiresOn: '2027-06-30', qtyBase: 5 },
  ],
};
const sold: SoldSale = {
  ...{ receiptNo: 'S01-T02A-000123', at: Date.UTC(2026, 10, 24, 23, 30), tillName: 'Till 2' },
  ...{ cashierName: 'Amélie R.', currency: 'EUR', taxMode: 'inclusive', totalMinor: 450 },
  ...{ cashRoundingMinor: 0, changeMinor: 50, lines: [line] },
  taxes: [{ taxPct3: [2100], baseMinor: 441, taxMinor: 9 }],
  tenders: [{ kind: 'cash', amountMinor: 500 }],
};

test('a voucher that the sale made stands above the footer with its code and worth', () => {
  const vouchers = [{ code: 'S01-T02A-000123-1-K7QM', amountMinor: 2500 }];
  const text = flat(receiptOfSale({ ...sold, vouchers }, shop, { copy: false }));
  expect(text).toContain('Voucher S01-T02A-000123-1-K7QM: 25.00\nMerci');
});

/** Each row as its texts. */
const rowsOf = (doc: ReceiptDoc): readonly (readonly string[])[] =>
  doc.nodes.flatMap((node) => {
    if (node.kind === 'text') return [[node.text]];
    return node.kind === 'columns' ? [node.cells.map((cell) => cell.text)] : [];
  });
const flat = (doc: ReceiptDoc) => rowsOf(doc).flat().join('\n');
const minor = (text: string) => Math.round(Number(text.replace(/[^\d.-]/g, '')) * 100);

test('a stored sale reads as it was: number, the day and hour of the shop, lines, batches, payment', () => {
  const doc = receiptOfSale(sold, shop, { copy: false });
  const text = flat(doc);
  for (const part of [
    'S01-T02A-000123',
    '25 Nov 2026 00:30',
    'Till 2',
    'Amélie R.',
    'D1',
    '01/2027',
    '2× ',
    '06/2027',
  ])
    expect(text).toContain(part);
  expect(rowsOf(doc)).toContainEqual(['TOTAL EUR', '€4.50']);
  expect(text).not.toContain('COPY');
  expect(doc.nodes.some((node) => node.kind === 'pulse')).toBe(true);
});

test('every print but the first says so and opens no drawer; card sales open none at all', () => {
  const copy = receiptOfSale(sold, shop, { copy: true });
  expect(flat(copy)).toContain('COPY');
  expect(copy.nodes.some((node) => node.kind === 'pulse')).toBe(false);
  const card = { ...sold, tenders: [{ kind: 'card' as const, amountMinor: 450 }], changeMinor: 0 };
  expect(receiptOfSale(card, shop, { copy: false }).nodes.some((node) => node.kind === 'pulse')).toBe(false);
});

test('the language of the shop words the receipt; one that is not spoken falls back to English', () => {
  const of = (language: string) => receiptOfSale(sold, { ...shop, language }, { copy: true });
  expect([of('fr'), of('ar'), of('pt')].map((doc) => doc.direction)).toEqual(['ltr', 'rtl', 'ltr']);
  expect(flat(of('fr'))).toContain('25 nov. 2026');
  expect(flat(of('ar'))).toMatch(/2026/);
  expect(flat(of('pt'))).toBe(flat(of('en')));
});

test('a store designs what stands around the sale; its name, tax number, taxes and receipt number stay', () => {
  const design = receiptDesign.parse({
    ...{
      logo: null,
      header: ['Open every day'],
      footer: ['Retours 30 jours', '', 'pont.example'],
      code: 'none',
    },
    show: { address: false, licence: false, cashier: false, batches: false },
  });
  const doc = receiptOfSale(sold, shop, { copy: false, design });
  const text = flat(doc);
  for (const part of [
    'Open every day',
    'Retours 30 jours',
    'pont.example',
    shop.name,
    'FR0',
    sold.receiptNo,
    '2.1 %',
  ])
    expect(text).toContain(part);
  for (const part of ['12 quai', '99#1', 'Amélie', 'D1', 'Merci']) expect(text).not.toContain(part);
  expect(doc.nodes.some(({ kind }) => kind === 'qr' || kind === 'logo')).toBe(false);
});

test('a receipt that nobody designed is as before; a logo is a place on top, behind the pulse', () => {
  const plain = receiptOfSale(sold, shop, { copy: false });
  const none = receiptDesign.parse({});
  expect(receiptOfSale(sold, shop, { copy: false, design: none })).toEqual(plain);
  const marked = receiptOfSale(sold, shop, {
    copy: false,
    design: { ...none, logo: 'data:image/png;base64,…' },
  });
  const [pulse, ...rest] = plain.nodes;
  expect(marked.nodes).toEqual([pulse, { kind: 'logo', slot: 'shop' }, ...rest]);
});

test('rates are written as people write them', () => {
  expect([[2100], [2500, 2500], [20000], [0], [], [5500]].map((rate) => rateLabel(rate, '.'))).toEqual([
    ...['2.1 %', '2.5 + 2.5 %', '20 %', '0 %', '0 %', '5.5 %'],
  ]);
});

test('whatever was sold, the figures on the paper add up to what was charged', () => {
  fc.assert(
    fc.property(anySale, fc.nat(9), (input, rounding) => {
      const totals = value(saleTotals(input));
      const doc = receiptOfSale(
        {
          ...sold,
          ...{
            taxMode: input.taxMode,
            totalMinor: totals.totalMinor,
            cashRoundingMinor: rounding,
            changeMinor: 7,
          },
          lines: totals.lines.map((of, i) => ({ ...line, ...input.lines[i], ...of, batches: [] })),
          taxes: totals.taxes.map((tax) => ({ ...tax, taxMinor: sum(tax.componentsMinor) })),
          tenders: [{ kind: 'cash', amountMinor: totals.totalMinor + rounding + 7 }],
        },
        shop,
        { copy: false },
      );
      const rows = rowsOf(doc);
      const at = (label: string) => rows.findIndex((row) => row[0] === label);
      const amounts = (from: number, to: number) =>
        sum(rows.slice(from, to).flatMap((row) => (row.length === 2 ? [minor(row[1] ?? '')] : [])));
      const [subtotal, total] = [at('Subtotal'), at('TOTAL EUR')];
      const first = rows.findIndex((row) => row[0] === line.name);
      expect(amounts(first < 0 ? subtotal : first, subtotal)).toBe(minor(rows[subtotal]?.[1] ?? ''));
      expect(amounts(subtotal, total)).toBe(minor(rows[total]?.[1] ?? ''));
      expect(minor(rows[total]?.[1] ?? '')).toBe(totals.totalMinor + rounding);
    }),
    { seed: 11, numRuns: 200 },
  );
});

test.each([
  ['en', '  0.250 kg × 12.00 /kg · 2.1 %', '0.200 kg D1 exp 01/2027 · 0.050 kg D2'],
  ['fr', '  0,250 kg × 12,00 /kg · 2,1 %', '0,200 kg D1 pér. 01/2027 · 0,050 kg D2'],
  ['ar', '  0.250 كغ × 12.00 /كغ · 2.1 %', '0.200 كغ D1 صلاحية 01/2027 · 0.050 كغ D2'],
])('what was weighed reads as a weight at the price of a kilogram (%s)', (language, quantity, batches) => {
  const tea = {
    ...{ ...line, qtyBase: 250, packSize: 1000, packPriceMinor: 1200, grossMinor: 300, weighed: true },
    batches: [
      { code: 'D1', expiresOn: '2027-01-31', qtyBase: 200 },
      { code: 'D2', expiresOn: '2027-06-30', qtyBase: 50 },
    ],
  };
  const text = flat(receiptOfSale({ ...sold, lines: [tea] }, { ...shop, language }, { copy: false }));
  expect(text).toContain(quantity);
  expect(text).toContain(batches);
  const per100g = { ...tea, packSize: 100, packPriceMinor: 120 };
  const other = receiptOfSale({ ...sold, lines: [per100g] }, shop, { copy: false });
  expect(flat(other)).toContain('0.250 kg × 1.20 /100 g');
});
