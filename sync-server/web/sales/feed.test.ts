import { expect, test } from 'vitest';
import type { SaleRow } from '#shared/sales/calls.ts';
import { fits, withRows } from './feed.ts';

const row = (n: number, at = n): SaleRow => ({
  saleId: `sale-${n}`,
  storeId: 'store',
  storeName: 'Gare',
  tillName: 'Front',
  receiptNo: `S01-T01A-${n}`,
  at,
  businessDate: '2026-11-17',
  cashierName: 'Inès',
  lineCount: 1,
  totalMinor: 100,
  currency: 'EUR',
  tenders: [],
});
const list = (rows: SaleRow[], more: boolean) => ({ pages: [{ rows, more }], pageParams: [undefined] });
const ids = (data: ReturnType<typeof withRows>) =>
  data.pages.flatMap((page) => page.rows.map((one) => one.saleId));

test('a new sale stands at the top, once', () => {
  const data = list([row(2), row(1)], false);
  expect(ids(withRows(data, [row(3)]))).toEqual(['sale-3', 'sale-2', 'sale-1']);
  expect(ids(withRows(data, [row(2)]))).toEqual(['sale-2', 'sale-1']);
});

test('a late sale stands where its time puts it, or comes with its own page', () => {
  expect(ids(withRows(list([row(5), row(1)], false), [row(9, 3)]))).toEqual(['sale-5', 'sale-9', 'sale-1']);
  expect(ids(withRows(list([row(5), row(4)], true), [row(9, 3)]))).toEqual(['sale-5', 'sale-4']);
});

test('a sale enters only the lists it belongs to', () => {
  expect(fits(row(1), {})).toBe(true);
  expect(fits(row(1), { storeId: 'other' })).toBe(false);
  expect(fits(row(1), { businessDate: '2026-11-18' })).toBe(false);
});
