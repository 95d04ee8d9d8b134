import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkOffer, type OfferDraft, offerState, sameCoupon } from './offer-check.ts';
import type { OfferRule } from './offer-rule.ts';
import { bestOffers } from './offers.ts';

const sound: OfferDraft = {
  ...{ storeId: null, validFrom: '2026-11-01', validTo: '2026-11-30', fromMinute: null, toMinute: null },
  ...{ couponCode: null, rule: { kind: 'percent', packIds: ['p'], ratePct3: 10_000 } },
};
const today = '2026-11-17';
const problems = (change: Partial<OfferDraft>) => checkOffer({ ...sound, ...change }, today);

test.each<[OfferRule, readonly string[]]>([
  [{ kind: 'percent', packIds: [], ratePct3: 1 }, ['NO_PACKS']],
  [{ kind: 'percent', packIds: ['p'], ratePct3: 0 }, ['BAD_RATE']],
  [{ kind: 'percent', packIds: ['p'], ratePct3: 100_001 }, ['BAD_RATE']],
  [{ kind: 'amount', packIds: ['p'], minor: 0 }, ['BAD_AMOUNT']],
  [{ kind: 'bundle', packIds: ['p'], take: 3, pay: 2 }, []],
  [{ kind: 'bundle', packIds: ['p'], take: 3, pay: 3 }, ['BAD_PAY']],
  [{ kind: 'bundle', packIds: ['p'], take: 1, pay: 0 }, ['BAD_TAKE', 'BAD_PAY']],
  [{ kind: 'fixed', packIds: ['p'], take: 0, priceMinor: 0 }, ['BAD_TAKE', 'BAD_AMOUNT']],
])('%j has the problems %j', (rule, expected) => {
  expect(problems({ rule })).toEqual(expected);
});

test('days, hours and coupon are held to what a till can go by', () => {
  expect(problems({})).toEqual([]);
  expect(problems({ validTo: '2026-10-31' })).toEqual(['BAD_DATES']);
  expect(problems({ validFrom: '2026-10-01', validTo: '2026-11-16' })).toEqual(['OVER']);
  expect(problems({ fromMinute: 600, toMinute: 600 })).toEqual(['BAD_HOURS']);
  expect(problems({ fromMinute: 600 })).toEqual([]);
  expect(problems({ couponCode: 'x y' })).toEqual(['BAD_COUPON']);
  expect(problems({ couponCode: 'spring 26' })).toEqual([]);
});

test('a rule without a problem takes something off some sale', () => {
  const whole = fc.integer({ min: -3, max: 200_000 });
  const rule = fc.oneof(
    whole.map((ratePct3): OfferRule => ({ kind: 'percent', packIds: ['p'], ratePct3 })),
    whole.map((minor): OfferRule => ({ kind: 'amount', packIds: ['p'], minor })),
    fc
      .tuple(fc.integer({ min: -1, max: 8 }), fc.integer({ min: -1, max: 8 }))
      .map(([take, pay]): OfferRule => ({ kind: 'bundle', packIds: ['p'], take, pay })),
    fc
      .tuple(fc.integer({ min: -1, max: 8 }), whole)
      .map(([take, priceMinor]): OfferRule => ({ kind: 'fixed', packIds: ['p'], take, priceMinor })),
  );
  fc.assert(
    fc.property(rule, (drawn) => {
      if (problems({ rule: drawn }).length > 0) return;
      const line = { packId: 'p', qtyBase: 80, packSize: 10, leftMinor: 80_000_000, discountAllowed: true };
      const [taken] = bestOffers([line], [{ offerId: 'o', name: 'o', rule: drawn }]);
      expect(taken?.minor).toBeGreaterThan(0);
      expect(taken?.minor).toBeLessThanOrEqual(line.leftMinor);
    }),
    { seed: 41, numRuns: 300 },
  );
});

test('an offer is to come, on, over, or ended', () => {
  const terms = { ...sound, active: true };
  expect(['2026-10-31', '2026-11-01', '2026-11-30', '2026-12-01'].map((on) => offerState(terms, on))).toEqual(
    [...['planned', 'running', 'running', 'over']],
  );
  expect(offerState({ ...terms, active: false }, today)).toBe('ended');
});

test('one coupon serves one offer at a time in a store', () => {
  const a = { ...sound, couponCode: 'SPRING', storeId: 's1' };
  expect(sameCoupon(a, { ...a, couponCode: 'spr ing', storeId: null })).toBe(true);
  expect(sameCoupon(a, { ...a, storeId: 's2' })).toBe(false);
  expect(sameCoupon(a, { ...a, validFrom: '2026-12-01', validTo: '2026-12-31' })).toBe(false);
  expect(sameCoupon({ ...a, couponCode: null }, { ...a, couponCode: null })).toBe(false);
});
