import { expect, test } from 'vitest';
import { soldByLabel } from './weighed-sale.ts';

const byGram = { packSize: 1000, baseUnit: 'g', minorDigits: 2 };
const refused = { ok: false, error: { code: 'label-not-sellable' } };

test('a price label sells one pack at its price, in the currency’s own digits', () => {
  const price = { amount: 1234, decimals: 2 };
  expect(soldByLabel({ price }, { ...byGram, packSize: 1 })).toEqual({
    ok: true,
    value: { qtyBase: 1, typedPriceMinor: 1234 },
  });
  expect(soldByLabel({ price: { amount: 12, decimals: 0 } }, byGram)).toMatchObject({
    value: { typedPriceMinor: 1200 },
  });
  expect(soldByLabel({ price }, { ...byGram, minorDigits: 0 })).toEqual(refused);
  expect(soldByLabel({ price: { amount: 0, decimals: 2 } }, byGram)).toEqual(refused);
});

test('a weight label sells grams of what is sold by the gram, and nothing else', () => {
  const weightKg = { amount: 250, decimals: 3 };
  expect(soldByLabel({ weightKg }, byGram)).toEqual({ ok: true, value: { qtyBase: 250 } });
  expect(soldByLabel({ weightKg: { amount: 25, decimals: 2 } }, byGram)).toMatchObject({
    value: { qtyBase: 250 },
  });
  expect(soldByLabel({ weightKg: { amount: 2501, decimals: 4 } }, byGram)).toEqual(refused);
  expect(soldByLabel({ weightKg }, { ...byGram, baseUnit: 'piece' })).toEqual(refused);
});

test('a count label sells so many packs', () => {
  expect(soldByLabel({ quantity: 3 }, { ...byGram, packSize: 10 })).toEqual({
    ok: true,
    value: { qtyBase: 30 },
  });
  expect(soldByLabel({ quantity: 0 }, byGram)).toEqual(refused);
  expect(soldByLabel({}, byGram)).toEqual(refused);
});
