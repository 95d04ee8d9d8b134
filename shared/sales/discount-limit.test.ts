import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainDate } from '#shared/kernel/calendar.ts';
import { value } from '../../build/sale-samples.ts';
import { type Cart, emptyCart, type GivenDiscount } from './cart.ts';
import { type CartDay, type CartStock, type PricedPack, priceCart } from './cart-pricing.ts';
import { agreeDiscounts, hasUnagreedDiscount, isOverLimit } from './discount-limit.ts';

const day: CartDay = { on: plainDate('2027-03-10'), minShelfLifeDays: 0, taxMode: 'inclusive' };
const pack: PricedPack = {
  ...{ packId: 'p', medicineId: 'm', name: 'Dolorane', tallMan: '', generics: [], form: 'tablet' },
  ...{ label: 'box of 10', packSize: 10, baseUnit: 'tablet', breakable: true, scheduleClass: 'general' },
  ...{ discountAllowed: true, taxClassId: 't', taxPct3: [2100], priceMinor: 250, soldAs: null },
};
const stock: CartStock = { pack: () => pack, batches: () => [], status: () => 'sellable' };
const limitPct3 = 10_000;
const priced = (cart: Cart) => value(priceCart(cart, stock, day));
const cartOf = (packs: readonly number[], given: readonly (GivenDiscount | undefined)[]): Cart => ({
  ...emptyCart,
  lines: packs.map((count, i) => ({
    ...{ lineId: `l${i}`, packId: 'p', freeBase: count * 10, picks: [], discount: given[i] },
  })),
  head: { discount: given.at(-1) },
});
const off = (minor: number, authorisedBy: string | null = null): GivenDiscount => ({
  ...{ discount: { kind: 'amount', minor }, reason: 'damaged box', authorisedBy },
});

test('ten percent is within the limit to the cent, and one cent more is not', () => {
  expect(isOverLimit({ kind: 'amount', minor: 25 }, 250, limitPct3)).toBe(false);
  expect(isOverLimit({ kind: 'amount', minor: 26 }, 250, limitPct3)).toBe(true);
  expect(isOverLimit({ kind: 'percent', ratePct3: 10_001 }, 250, limitPct3)).toBe(true);
});

test('an amount that is little for two packs is too much for one, until somebody agrees to it', () => {
  const two = cartOf([2], [off(50), undefined]);
  expect(hasUnagreedDiscount(two, priced(two), limitPct3)).toBe(false);
  const one = cartOf([1], [off(50), undefined]);
  expect(hasUnagreedDiscount(one, priced(one), limitPct3)).toBe(true);
  const agreed = agreeDiscounts(one, priced(one), { limitPct3, by: 'manager' });
  expect(agreed.lines[0]?.discount).toEqual(off(50, 'manager'));
});

test('who agrees is named beside what is too much, nothing else changes, and nothing is left to agree to', () => {
  const given = fc.option(
    fc.record({ minor: fc.integer({ min: 1, max: 120 }), by: fc.constantFrom(null, 'other') }),
    { nil: undefined },
  );
  const packs = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(packs, fc.array(given, { minLength: 4, maxLength: 4 }), (packs, some) => {
      const cart = cartOf(
        packs,
        some.map((one) => one && off(one.minor, one.by)),
      );
      const agreed = agreeDiscounts(cart, priced(cart), { limitPct3, by: 'manager' });
      expect(hasUnagreedDiscount(agreed, priced(agreed), limitPct3)).toBe(false);
      expect(priced(agreed).totals).toEqual(priced(cart).totals);
      const nobody = (one: GivenDiscount | undefined) =>
        one?.authorisedBy === 'manager' ? { ...one, authorisedBy: null } : one;
      const back = agreed.lines.map((line) => ({ ...line, discount: nobody(line.discount) }));
      expect(back).toEqual(cart.lines);
      expect(nobody(agreed.head?.discount)).toEqual(cart.head?.discount);
    }),
    { seed: 20_261_123, numRuns: 300 },
  );
});
