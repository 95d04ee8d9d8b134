import { expect, test } from 'vitest';
import { incarnationLetter, receiptNumber, receiptSeries } from './receipt-number.ts';

test('a receipt number is store, till with its incarnation, and a count of six digits or more', () => {
  const series = receiptSeries({ storeCode: 'S01', tillCode: 'T02', inc: 1 });
  expect(receiptNumber(series, 123)).toBe('S01-T02A-000123');
  expect(receiptNumber(series, 1_234_567)).toBe('S01-T02A-1234567');
});

test('letters go on as the columns of a spreadsheet do, each incarnation with its own', () => {
  const letters = [1, 2, 26, 27, 52, 53, 702, 703].map(incarnationLetter);
  expect(letters).toEqual(['A', 'B', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA']);
  expect(new Set(Array.from({ length: 2000 }, (_, i) => incarnationLetter(i + 1))).size).toBe(2000);
});

test.each([0, -1, 1.5, Number.NaN, 2 ** 53])('%s is no incarnation', (inc) => {
  expect(() => incarnationLetter(inc)).toThrow(RangeError);
});
