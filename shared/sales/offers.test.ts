import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OfferRule } from './offer-rule.ts';
import { bestOffers, isRunning, normalCoupon, type OfferLine, type RunningOffer } from './offers.ts';

const line = (
  packId: string,
  packs: number,
  priceMinor: number,
  over: Partial<OfferLine> = {},
): OfferLine => ({
  ...{ packId, qtyBase: packs * 10, packSize: 10, leftMinor: packs * priceMinor, discountAllowed: true },
  ...over,
});
const offer = (offerId: string, rule: OfferRule): RunningOffer => ({ offerId, name: offerId, rule });
const off = (lines: readonly OfferLine[], ...offers: readonly RunningOffer[]) =>
  bestOffers(lines, offers).map((one) => (one ? [one.offerId, one.minor] : null));

test('three for two: the cheapest of each three is free, whole packs only', () => {
  const threeForTwo = offer('3for2', { kind: 'bundle', packIds: ['a', 'b'], take: 3, pay: 2 });
  expect(off([line('a', 2, 500)], threeForTwo)).toEqual([null]);
  expect(off([line('a', 3, 500)], threeForTwo)).toEqual([['3for2', 500]]);
  expect(off([line('a', 7, 500)], threeForTwo)).toEqual([['3for2', 1000]]);
  expect(off([line('a', 2, 500, { qtyBase: 29, leftMinor: 1450 })], threeForTwo)).toEqual([null]);
});

test('mix and match: what the group earns is spread over its lines by their worth', () => {
  const threeForTwo = offer('mix', { kind: 'bundle', packIds: ['a', 'b'], take: 3, pay: 2 });
  // 5.00 + 5.00 + 2.00: the 2.00 is free, 0.83 of it on each dear pack (1.67 together) and 0.33 on the cheap one.
  expect(off([line('a', 2, 500), line('b', 1, 200)], threeForTwo)).toEqual([
    ['mix', 167],
    ['mix', 33],
  ]);
  const two = offer('two for 8', { kind: 'fixed', packIds: ['a', 'b'], take: 2, priceMinor: 800 });
  expect(off([line('a', 2, 500)], two)).toEqual([['two for 8', 200]]);
  expect(off([line('b', 2, 200)], two)).toEqual([null]);
});

test('a line takes one offer, the best for the customer over the whole sale', () => {
  const tenPercent = offer('10 %', { kind: 'percent', packIds: ['a', 'b'], ratePct3: 10_000 });
  const oneOff = offer('1.00', { kind: 'amount', packIds: ['a'], minor: 100 });
  expect(off([line('a', 1, 500), line('b', 1, 500)], tenPercent, oneOff)).toEqual([
    ['1.00', 100],
    ['10 %', 50],
  ]);
  expect(off([line('a', 1, 5000)], tenPercent, oneOff)).toEqual([['10 %', 500]]);
});

test('an article the law forbids to discount takes none', () => {
  const half = offer('half', { kind: 'percent', packIds: ['a'], ratePct3: 50_000 });
  expect(off([line('a', 1, 500, { discountAllowed: false })], half)).toEqual([null]);
});

const rules = fc.oneof(
  fc.record({ kind: fc.constant('percent' as const), ratePct3: fc.integer({ min: 0, max: 100_000 }) }),
  fc.record({ kind: fc.constant('amount' as const), minor: fc.integer({ min: 0, max: 900 }) }),
  fc.record({
    kind: fc.constant('bundle' as const),
    take: fc.integer({ min: 2, max: 4 }),
    pay: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({
    kind: fc.constant('fixed' as const),
    take: fc.integer({ min: 2, max: 4 }),
    priceMinor: fc.integer({ min: 0, max: 2_000 }),
  }),
);
const packIds = fc.subarray(['a', 'b', 'c'], { minLength: 1 });
const someOffers = fc
  .array(fc.tuple(packIds, rules), { maxLength: 7 })
  .map((all) => all.map(([ids, rule], i) => offer(`o${i}`, { ...rule, packIds: ids })));
const someLines = fc.array(
  fc
    .tuple(
      fc.constantFrom('a', 'b', 'c'),
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 999 }),
      fc.boolean(),
    )
    .map(([id, packs, price, discountAllowed]) => line(id, packs, price, { discountAllowed })),
  { maxLength: 5 },
);

test('no offer takes more than a line has, and none beats what was chosen on its own', () => {
  fc.assert(
    fc.property(someLines, someOffers, (lines, offers) => {
      const chosen = bestOffers(lines, offers);
      const worth = (all: typeof chosen) => all.reduce((sum, one) => sum + (one?.minor ?? 0), 0);
      lines.forEach((one, i) => {
        const minor = chosen[i]?.minor ?? 0;
        expect(minor).toBeGreaterThanOrEqual(0);
        expect(minor).toBeLessThanOrEqual(one.discountAllowed ? one.leftMinor : 0);
      });
      for (const single of offers)
        expect(worth(chosen)).toBeGreaterThanOrEqual(worth(bestOffers(lines, [single])));
    }),
    { seed: 41, numRuns: 300 },
  );
});

test('an offer holds on its days, in its hours, for who shows its coupon', () => {
  const terms = {
    ...{ validFrom: '2026-11-01', validTo: '2026-11-30', fromMinute: 540, toMinute: 720 },
    ...{ couponCode: 'Spring 5', active: true },
  };
  const at = (date: string, minute: number, ...coupons: string[]) =>
    isRunning(terms, { date, minute, coupons });
  expect(at('2026-11-30', 540, 'SPRING5')).toBe(true);
  expect(at('2026-11-30', 720, 'SPRING5')).toBe(false);
  expect(at('2026-12-01', 600, 'SPRING5')).toBe(false);
  expect(at('2026-11-02', 600)).toBe(false);
  expect(
    isRunning({ ...terms, active: false }, { date: '2026-11-02', minute: 600, coupons: ['SPRING5'] }),
  ).toBe(false);
  expect(normalCoupon(' spring 5')).toBe('SPRING5');
});
