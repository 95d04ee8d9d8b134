import { expect, test } from 'vitest';
import { reportCsv } from './report-csv.ts';
import { byCurrency, rateGroups, type StoreDay, sumOf, taxSum, tenderSum } from './totals.ts';

const day = (storeCode: string, change: Partial<StoreDay> = {}): StoreDay => ({
  businessDate: '2026-11-17',
  sales: 2,
  totalMinor: 1_100,
  netMinor: 1_000,
  taxMinor: 100,
  discountMinor: 0,
  cashRoundingMinor: -1,
  returns: 0,
  returnsMinor: 0,
  taxes: [{ taxPct3: [10_000], baseMinor: 1_000, taxMinor: 100 }],
  tenders: [{ kind: 'cash', amountMinor: 1_099 }],
  storeId: storeCode,
  storeCode,
  storeName: `Store ${storeCode}`,
  currency: 'EUR',
  minorDigits: 2,
  dataTo: null,
  complete: false,
  ...change,
});

test('the foot is the sum of the rows', () => {
  const days = [day('S01'), day('S02', { taxes: [{ taxPct3: [2_100], baseMinor: 1_000, taxMinor: 100 }] })];
  expect(sumOf(days)).toMatchObject({
    sales: 4,
    totalMinor: 2_200,
    netMinor: 2_000,
    taxMinor: 200,
    cashRoundingMinor: -2,
  });
  expect(rateGroups(days).map((rate) => rate.key)).toEqual(['2100', '10000']);
  expect(taxSum(days, '2100')).toEqual({ baseMinor: 1_000, taxMinor: 100 });
  expect(tenderSum(days, 'cash')).toBe(2_198);
  expect(tenderSum(days, 'card')).toBe(0);
});

test('stores of two currencies are never added up', () => {
  const groups = byCurrency([day('S01'), day('S02', { currency: 'TND', minorDigits: 3 }), day('S03')]);
  expect(groups.map((group) => group.map((one) => one.storeCode))).toEqual([['S01', 'S03'], ['S02']]);
});

test('the file says each sum as a plain decimal of its own currency', () => {
  const [head, first, second] = reportCsv([day('S01'), day('S02', { currency: 'TND', minorDigits: 3 })])
    .slice(1)
    .split('\r\n')
    .map((line) => line.split(','));
  const at = (name: string) => head?.indexOf(name) ?? -1;
  expect(first?.[at('including tax')]).toBe('11.00');
  expect(second?.[at('including tax')]).toBe('1.100');
  expect(first?.[at('cash rounding')]).toBe('-0.01');
  expect(first?.[at('tax 10.000 %')]).toBe('1.00');
  expect(first?.[at('complete')]).toBe('no');
});
