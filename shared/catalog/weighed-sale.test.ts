import fc from 'fast-check';
import { expect, test } from 'vitest';
import { grossAtPackPrice } from './pack-price.ts';
import { kilograms, readsAsWeight, soldByLabel } from './weighed-sale.ts';

/** In the piece: what a label says of it is its price. */
const byGram = { packSize: 1000, baseUnit: 'g', breakable: false, priceMinor: 1800, minorDigits: 2 };
const byWeight = { ...byGram, breakable: true };
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

test('a price label of what is sold by weight sells the grams it stands for, at its price to the cent', () => {
  const labelled = (minor: number) => soldByLabel({ price: { amount: minor, decimals: 2 } }, byWeight);
  expect(labelled(450)).toEqual({ ok: true, value: { qtyBase: 250, typedPriceMinor: 1800 } });
  // 250.6 g: no whole gram comes to 4.51 at 18.00, and 251 g do at 17.97.
  expect(labelled(451)).toEqual({ ok: true, value: { qtyBase: 251, typedPriceMinor: 1797 } });
  const unpriced = { ...byWeight, priceMinor: null };
  expect(soldByLabel({ price: { amount: 450, decimals: 2 } }, unpriced)).toMatchObject({
    value: { qtyBase: 1000, typedPriceMinor: 450 },
  });
  // Portions of up to ten packs, at prices from 1.00 to 500.00 a pack.
  const part = fc.integer({ min: 1, max: 10_000 });
  const packPrice = fc.integer({ min: 100, max: 50_000 });
  fc.assert(
    fc.property(part, packPrice, fc.constantFrom(100, 1000), (part, priceMinor, packSize) => {
      const weighed = Math.ceil((part * packSize) / 1000);
      const minor = Math.max(1, grossAtPackPrice(priceMinor, { qtyBase: weighed, packSize }) - 1);
      const pack = { ...byWeight, packSize, priceMinor };
      const sold = soldByLabel({ price: { amount: minor, decimals: 2 } }, pack);
      if (!sold.ok) throw new Error('no grams found');
      const { qtyBase, typedPriceMinor = 0 } = sold.value;
      expect(grossAtPackPrice(typedPriceMinor, { qtyBase, packSize })).toBe(minor);
      expect(Math.abs(qtyBase - weighed)).toBeLessThanOrEqual(100 + packSize / priceMinor);
    }),
    { seed: 20261123, numRuns: 1000 },
  );
});

test('a line reads as a weight where it was broken to the gram, or is sold by weight', () => {
  const line = { baseUnit: 'g', breakable: true, packSize: 1000 };
  expect(readsAsWeight({ ...line, qtyBase: 250 })).toBe(true);
  expect(readsAsWeight({ ...line, qtyBase: 2000 })).toBe(true);
  expect(readsAsWeight({ ...line, qtyBase: 250, breakable: false })).toBe(true);
  expect(readsAsWeight({ ...line, qtyBase: 60, packSize: 30, breakable: false })).toBe(false);
  expect(readsAsWeight({ ...line, qtyBase: 250, baseUnit: 'ml' })).toBe(false);
});

test.each([
  [250, '0.250'],
  [5, '0.005'],
  [12_005, '12.005'],
  [-250, '-0.250'],
])('%i g are %s kg', (grams, text) => {
  expect(kilograms(grams, '.')).toBe(text);
});
