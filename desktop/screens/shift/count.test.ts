import { expect, test } from 'vitest';
import { cashOfCount, countOf, isNothingTyped, nothingTyped, worthOf } from './count.ts';

const typed = {
  pieces: { 5000: '4', 200: ' 18 ', 100: '', 1: '٩' },
  other: '12,50',
  papers: { card: '1,284.60', voucher: ' ' },
};

test('a count is read as people type it: empty fields are none, any digits, an amount not typed was not counted', () => {
  expect(countOf(typed, 2)).toEqual({
    denominations: [
      { minor: 1, count: 9 },
      { minor: 200, count: 18 },
      { minor: 5000, count: 4 },
    ],
    otherCashMinor: 1250,
    others: [{ kind: 'card', amountMinor: 128_460 }],
  });
  expect(cashOfCount(typed, 2)).toBe(20_000 + 3600 + 9 + 1250);
  expect(worthOf(typed.pieces, [200, 100])).toBe(3600);
  expect(countOf(nothingTyped, 2)).toEqual({ denominations: [], otherCashMinor: 0, others: [] });
});

test.each([
  { ...typed, pieces: { 100: '1.5' } },
  { ...typed, pieces: { 100: '-1' } },
  { ...typed, other: '1.234' },
  { ...typed, papers: { mobile: 'x' } },
])('what is no count or amount is no count of the drawer', (wrong) => {
  expect(countOf(wrong, 2)).toBeNull();
});

test('nothing typed is told from a count of nothing', () => {
  expect(isNothingTyped(nothingTyped)).toBe(true);
  expect(isNothingTyped({ ...nothingTyped, pieces: { 100: ' ' } })).toBe(true);
  expect(isNothingTyped({ ...nothingTyped, other: '0' })).toBe(false);
});
