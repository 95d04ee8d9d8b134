import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isPositiveQty, splitPacks, toBase } from './quantity.ts';

test.each([
  [65, 30, 2, 5],
  [30, 30, 1, 0],
  [29, 30, 0, 29],
  [0, 30, 0, 0],
  [-35, 30, -1, -5],
  [-30, 30, -1, 0],
  [4, 1, 4, 0],
])('%d base units in packs of %d are %d packs and %d loose', (qtyBase, packSize, packs, looseBase) => {
  expect(splitPacks(qtyBase, packSize)).toEqual({ packs, looseBase });
});

test('splitting and joining give the quantity back', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.integer({ min: 1, max: 10_000 }), (qtyBase, packSize) => {
      const split = splitPacks(qtyBase, packSize);
      expect(toBase(split, packSize)).toBe(qtyBase);
      expect(Math.abs(split.looseBase)).toBeLessThan(packSize);
    }),
    { seed: 11, numRuns: 1_000 },
  );
});

test('a pack of nothing and a quantity beyond safe integers are bugs', () => {
  expect(() => splitPacks(1, 0)).toThrow(RangeError);
  expect(() => splitPacks(1, 1.5)).toThrow(RangeError);
  expect(() => toBase({ packs: Number.MAX_SAFE_INTEGER, looseBase: 0 }, 2)).toThrow(RangeError);
  expect([0, -1, 1.5, Number.NaN].some(isPositiveQty)).toBe(false);
});
