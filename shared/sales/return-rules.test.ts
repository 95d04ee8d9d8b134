import { expect, test } from 'vitest';
import { planBlindReturn } from './return-blind.ts';
import { defaultPlace, placesFor } from './return-place.ts';
import { parseReceiptSearch } from './return-search.ts';

test('what left the care of the pharmacy never goes back to the shelf, whatever the store prefers', () => {
  for (const goods of [
    { scheduleClass: 'prescription' },
    { scheduleClass: 'controlled' },
    { scheduleClass: 'general', coldChain: true },
  ] as const) {
    expect(placesFor(goods)).toEqual(['quarantine', 'destruction']);
    expect(defaultPlace(goods, 'shelf')).toBe('quarantine');
    expect(defaultPlace(goods, 'destruction')).toBe('destruction');
  }
  expect(defaultPlace({ scheduleClass: 'general' }, 'shelf')).toBe('shelf');
  expect(defaultPlace({ scheduleClass: 'general', batchKnown: false }, 'shelf')).toBe('destruction');
});

test('a receipt is found by its number, its end, a day or what was paid', () => {
  const read = (text: string) => parseReceiptSearch(text, 2);
  expect(read(' s01-t02a-000123 ')).toEqual({ by: 'number', series: 'S01-T02A', n: 123 });
  expect(read('123')).toEqual({ by: 'last-digits', n: 123 });
  expect(read('2026-11-24')).toEqual({ by: 'date', businessDate: '2026-11-24' });
  expect(read('4/11/2026')).toEqual({ by: 'date', businessDate: '2026-11-04' });
  expect(read('35.45')).toEqual({ by: 'total', totalMinor: 3545 });
  expect(read('35,45')).toEqual({ by: 'total', totalMinor: 3545 });
  expect(read('35.4')).toEqual({ by: 'nothing' });
  expect(read('dolorane')).toEqual({ by: 'nothing' });
  const saleId = '01900000-0000-7000-8000-000000000001';
  expect(read(saleId)).toEqual({ by: 'id', saleId });
});

const box = {
  ...{ packId: 'p', packPriceMinor: 333, packSize: 10, taxPct3: [2100], qtyBase: 10 },
  ...{ batchId: 'b', place: 'quarantine' as const },
};
const terms = { taxMode: 'inclusive', cashStepMinor: 5, capMinor: 1000, as: 'cash' } as const;

test('a return without a receipt gives today’s price, rounded in cash, exact as a voucher, up to the cap', () => {
  const cash = planBlindReturn([box], terms);
  expect(cash).toMatchObject({
    value: { totalMinor: 333, tenders: [{ kind: 'cash', amountMinor: 335 }], cashRoundingMinor: 2 },
  });
  const voucher = planBlindReturn([box], { ...terms, as: 'voucher' });
  expect(voucher).toMatchObject({
    value: { tenders: [{ kind: 'voucher', amountMinor: 333 }], cashRoundingMinor: 0 },
  });
  expect(planBlindReturn([box, box, box, box], terms)).toEqual({
    ok: false,
    error: { code: 'OVER_CAP', capMinor: 1000 },
  });
  expect(planBlindReturn([], terms)).toMatchObject({ error: { code: 'NOTHING_CHOSEN' } });
});
