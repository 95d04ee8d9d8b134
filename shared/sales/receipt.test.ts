import { expect, test } from 'vitest';
import { type ReceiptNode, type SaleReceiptInput, saleReceipt } from './receipt.ts';
import { receiptText } from './receipt-layout.ts';
import { receiptWords } from './receipt-words.ts';

const sale: SaleReceiptInput = {
  words: receiptWords.en,
  currency: { code: 'EUR', symbol: '€', minorDigits: 2 },
  shop: { name: 'Bridge Pharmacy', address: ['12 Bridge Road'], licence: '00-0000', taxNumber: 'FR 00' },
  storeName: 'Bridge Pharmacy',
  tillName: 'Till 2',
  cashierName: 'Amélie R.',
  receiptNumber: 'S01-T02A-004518',
  date: '24 Nov 2026',
  time: '14:34',
  lines: [
    {
      name: 'Ibuvance 400 mg tab 12',
      packs: 3,
      looseUnits: 0,
      packSize: 12,
      unitPriceMinor: 420,
      amountMinor: 1260,
      taxLabel: '10 %',
      batches: [
        { code: 'K2207', expiry: '08/2027', quantity: '1×' },
        { code: 'K2311', expiry: '03/2028', quantity: '2×' },
      ],
      discounts: [],
    },
    {
      name: 'Pellavane balm 50 ml',
      packs: 1,
      looseUnits: 0,
      packSize: 1,
      unitPriceMinor: 990,
      amountMinor: 990,
      taxLabel: '20 %',
      batches: [{ code: 'DB441', expiry: '15/12/2026' }],
      discounts: [{ label: '-20 % near expiry', amountMinor: 198 }],
    },
  ],
  subtotalMinor: 2052,
  taxIncluded: true,
  taxes: [
    { label: '10 %', baseMinor: 1145, taxMinor: 115 },
    { label: '20 %', baseMinor: 660, taxMinor: 132 },
  ],
  totalMinor: 2052,
  tenders: [{ label: 'Cash', amountMinor: 2500 }],
  changeMinor: 448,
  code: 'qr',
  footer: ['Keep this receipt'],
  copy: false,
  training: false,
  openDrawer: true,
};
const kinds = (input: SaleReceiptInput) => saleReceipt(input).nodes.map((node) => node.kind);
const lines = (input: SaleReceiptInput, columns = 48) => receiptText(saleReceipt(input), columns).split('\n');

test('an 80 mm receipt reads like this', () => {
  expect(`\n${receiptText(saleReceipt(sale), 48)}`).toBe(`
                Bridge Pharmacy
                 12 Bridge Road
                Licence 00-0000
                 Tax no. FR 00

S01-T02A-004518                24 Nov 2026 14:34
Till 2                                 Amélie R.
------------------------------------------------
Ibuvance 400 mg tab 12
  3 × 4.20 · 10 %                          12.60
  1× K2207 exp 08/2027 · 2× K2311 exp 03/2028
Pellavane balm 50 ml
  1 × 9.90 · 20 %                           9.90
  -20 % near expiry                        -1.98
  DB441 exp 15/12/2026
------------------------------------------------
Subtotal                                   20.52
TOTAL EUR                                 €20.52
Cash                                       25.00
Change                                      4.48
------------------------------------------------
Tax                               net        tax
10 %                            11.45       1.15
20 %                             6.60       1.32

                S01-T02A-004518

               Keep this receipt

`);
});

test('on 58 mm labels wrap, and no amount is ever cut', () => {
  const text = lines({ ...sale, footer: [] }, 32);
  expect(Math.max(...text.map((line) => line.length))).toBeLessThanOrEqual(32);
  expect(text).toContain('TOTAL EUR                 €20.52');
  expect(text.slice(5, 7)).toEqual(['S01-T02A-004518', '               24 Nov 2026 14:34']);
});

test('a copy says COPY twice and never opens the drawer', () => {
  expect(kinds(sale)).toContain('pulse');
  expect(kinds({ ...sale, copy: true })).not.toContain('pulse');
  expect(lines({ ...sale, copy: true }).filter((line) => line.includes('COPY'))).toHaveLength(2);
  expect(lines(sale).join()).not.toContain('COPY');
});

test('a training sale says so', () => {
  expect(lines({ ...sale, training: true })).toContain('                *** TRAINING ***');
});

test('cash rounding stands on a row of its own and changes what is due, not the subtotal', () => {
  const text = lines({ ...sale, totalMinor: 2052, cashRoundingMinor: -2 });
  expect(text).toContain('Cash rounding                              -0.02');
  expect(text).toContain('TOTAL EUR                                 €20.50');
});

test('taxes are added below the subtotal only where prices do not contain them', () => {
  expect(lines({ ...sale, taxIncluded: false })).toContain(
    'Tax 10 %                                    1.15',
  );
  expect(lines(sale).join()).not.toContain('Tax 10 %');
});

test('packs, loose units and both are told apart', () => {
  const sold = (packs: number, looseUnits: number) => {
    const [first] = sale.lines;
    return lines({ ...sale, lines: first ? [{ ...first, packs, looseUnits }] : [] }).join('\n');
  };
  expect(sold(0, 5)).toContain('5 units (pack of 12: 4.20)');
  expect(sold(2, 5)).toContain('2 × 4.20 + 5 units (pack of 12)');
});

test('the prescription is named on its line and, where the law asks, for the whole sale', () => {
  const [first] = sale.lines;
  const given = { number: 'P-00318', prescriber: 'Dr E. Valmont' };
  const text = lines({
    ...sale,
    lines: first ? [{ ...first, batches: [], prescription: given }] : [],
    prescription: { ...given, patient: 'A. Martin' },
  });
  expect(text).toContain('  Rx P-00318, Dr E. Valmont');
  expect(text).toContain('Patient A. Martin');
});

test('the number of the receipt is printed as the code asked for', () => {
  const code = (wanted: SaleReceiptInput['code']): ReceiptNode | undefined =>
    saleReceipt({ ...sale, code: wanted }).nodes.find(({ kind }) => kind === 'qr' || kind === 'code128');
  expect(code('qr')).toEqual({ kind: 'qr', data: 'S01-T02A-004518' });
  expect(code('code128')).toEqual({ kind: 'code128', data: 'S01-T02A-004518' });
  expect(code('none')).toBeUndefined();
});

test('amounts follow the language, and the currency its digits', () => {
  const french = lines({ ...sale, words: receiptWords.fr, subtotalMinor: 123_456_789 });
  expect(french).toContain('Sous-total                          1 234 567,89');
  const yen = lines({ ...sale, currency: { code: 'JPY', symbol: '¥', minorDigits: 0 }, totalMinor: 2052 });
  expect(yen).toContain('TOTAL JPY                                 ¥2,052');
});

test('an Arabic receipt starts at the right edge', () => {
  const text = lines({ ...sale, words: receiptWords.ar, cashierName: 'أميرة' });
  expect(text).toContain('أميرة                                     Till 2');
});
