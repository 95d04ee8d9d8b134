import { expect, test } from 'vitest';
import { receiptText } from './receipt-layout.ts';
import { shiftReport } from './z-report.ts';

const shop = {
  ...{ name: 'Pharmacie du Pont', addressLines: ['1, rue du Pont'], licence: '', taxNumber: '' },
  ...{ receiptFooter: '', zone: 'Europe/Paris', minorDigits: 2, language: 'en' },
};
const shift = {
  ...{
    tillName: 'Till 2',
    currency: 'EUR',
    openedAt: Date.UTC(2026, 10, 24, 7, 31),
    openedBy: 'Amélie Roux',
  },
  ...{ at: Date.UTC(2026, 10, 24, 18, 4), by: 'Amélie Roux', floatMinor: 15_000 },
  expected: [
    { kind: 'cash' as const, amountMinor: 62_100 },
    { kind: 'account' as const, amountMinor: 300 },
  ],
  totals: {
    ...{
      sales: 41,
      salesMinor: 54_300,
      returns: 2,
      returnsMinor: 1900,
      discountMinor: 450,
      cashRoundingMinor: -2,
    },
    ...{ payInMinor: 0, payOutMinor: 5298, noSales: 3 },
    taxes: [{ taxPct3: [2100], baseMinor: 51_322, taxMinor: 1078 }],
  },
};
const close = {
  ...{
    zNo: 'S01-T02AZ-000007',
    counted: [{ kind: 'cash' as const, amountMinor: 62_058 }],
    leftMinor: 15_000,
  },
  ...{ reason: 'A coin fell down', grandTotalMinor: 9_876_543, chainHead: 'ab12'.repeat(16) },
};
const linesOf = (report: Parameters<typeof shiftReport>[0], over = {}, copy = false) =>
  receiptText(shiftReport(report, { ...shop, ...over }, { copy }), 48)
    .split('\n')
    .map((line) => line.replaceAll(/ +/g, ' ').trim());

test('a Z-report says what was sold, expected, counted, missing, left and taken, and where the chain stands', () => {
  const lines = linesOf({ ...shift, close });
  for (const line of [
    ...['Z-REPORT', 'S01-T02AZ-000007', 'Till 2 24 Nov 2026 19:04', 'Opened 24 Nov 2026 08:31 Amélie Roux'],
    ...[
      'Sales (41) 543.00',
      'Returns (2) -19.00',
      'NET 524.00',
      'Discounts given 4.50',
      'Cash rounding -0.02',
    ],
    ...['2.1 % 513.22 10.78', 'Cash 621.00 620.58 -0.42', 'Account 3.00 not counted', 'diff. -0.42'],
    ...['Reason: A coin fell down', 'Float 150.00', 'Paid out -52.98', 'Drawer opened without sale 3'],
    ...['Taken out 470.58', 'Left in drawer 150.00', 'Grand total 98,765.43'],
  ])
    expect(lines).toContain(line);
  expect(lines.join('').replaceAll(' ', '')).toContain(close.chainHead);
  expect(lines.join('')).not.toContain('COPY');
});

test('an X-report has the same figures and no number, count or grand total; a copy says so', () => {
  const x = linesOf({ ...shift, close: null });
  for (const line of ['X-REPORT', 'Sales (41) 543.00', 'Cash 621.00', 'Account 3.00', 'Float 150.00'])
    expect(x).toContain(line);
  for (const word of ['Grand total', 'Left in drawer', 'counted']) expect(x.join('')).not.toContain(word);
  expect(linesOf({ ...shift, close }, {}, true)).toContain('*** COPY ***');
});

test('reports come in the language of the store', () => {
  expect(linesOf({ ...shift, close }, { language: 'fr' })).toContain('RAPPORT Z');
  const arabic = shiftReport({ ...shift, close }, { ...shop, language: 'ar' }, { copy: false });
  expect(arabic.direction).toBe('rtl');
});
