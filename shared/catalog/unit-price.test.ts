import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unitPrice } from './unit-price.ts';

test('a unit price has the digits of the currency, and two more below ten minor units', () => {
  expect(unitPrice(218, 16)).toEqual({ amount: 14, extraDigits: 0 });
  expect(unitPrice(218, 100)).toEqual({ amount: 218, extraDigits: 2 });
  expect(unitPrice(1000, 100)).toEqual({ amount: 10, extraDigits: 0 });
  expect(unitPrice(499, 1)).toBeNull();
});

test('it is never further than half its last digit from the truth', () => {
  fc.assert(
    fc.property(fc.nat(10_000_000), fc.integer({ min: 2, max: 10_000 }), (price, size) => {
      const unit = unitPrice(price, size);
      const scale = unit?.extraDigits === 2 ? 100 : 1;
      expect(Math.abs((unit?.amount ?? 0) * size - price * scale) * 2).toBeLessThanOrEqual(size);
    }),
    { seed: 3 },
  );
});
