import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainDate } from '#shared/kernel/calendar.ts';
import { type DatedPrice, latestOn, priceOn, priceOnList } from './pricing.ts';

const price = (id: string, over: { storeId?: string; from: string; rank?: string }): DatedPrice => ({
  id,
  storeId: over.storeId ?? null,
  priceMinor: 100,
  validFrom: plainDate(over.from),
  rank: over.rank ?? '001',
});
const at = (on: string, storeId = 'S1') => ({ storeId, on: plainDate(on) });

test('the latest price that has begun on the business date counts, from its first day on', () => {
  const prices = [
    price('b', { from: '2027-03-01' }),
    price('a', { from: '2027-01-01' }),
    price('c', { from: '2027-06-01' }),
  ];
  expect(priceOn(prices, at('2027-02-28'))?.id).toBe('a');
  expect(priceOn(prices, at('2027-03-01'))?.id).toBe('b');
  expect(priceOn(prices, at('2026-12-31'))).toBeNull();
});

test('a price of the store goes before a later one of the org, but not before it begins', () => {
  const prices = [price('org', { from: '2027-03-01' }), price('own', { storeId: 'S1', from: '2027-02-01' })];
  expect(priceOn(prices, at('2027-03-05'))?.id).toBe('own');
  expect(priceOn(prices, at('2027-03-05', 'S2'))?.id).toBe('org');
  expect(priceOn([...prices, price('old', { from: '2026-01-01' })], at('2027-01-05'))?.id).toBe('old');
});

test('of two from one day the later in the order of the merge counts, of two written together the greater id', () => {
  const from = '2027-03-01';
  expect(priceOn([price('z', { from, rank: '001' }), price('a', { from, rank: '002' })], at(from))?.id).toBe(
    'a',
  );
  expect(priceOn([price('b', { from }), price('a', { from })], at(from))?.id).toBe('b');
});

test('the order in which rows are read never matters', () => {
  const any = fc.record({
    id: fc.uuid(),
    storeId: fc.constantFrom(null, 'S1', 'S2'),
    priceMinor: fc.nat(),
    validFrom: fc.constantFrom('2027-01-01', '2027-01-02', '2027-01-03').map(plainDate),
    rank: fc.constantFrom('1', '2'),
  });
  const rows = fc.uniqueArray(any, { selector: (row) => row.id, maxLength: 8 });
  fc.assert(
    fc.property(
      rows.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      ([all, shuffled]) => {
        const chosen = priceOn(all, at('2027-01-02'));
        expect(priceOn(shuffled, at('2027-01-02'))).toBe(chosen);
        expect(chosen === null || (chosen.storeId !== 'S2' && chosen.validFrom <= '2027-01-02')).toBe(true);
      },
    ),
    { seed: 17, numRuns: 500 },
  );
});

test('a tax class has the rate of the day', () => {
  const rates = [
    { id: '1', validFrom: plainDate('2020-01-01'), rank: '1', taxPct3: [19_600] },
    { id: '2', validFrom: plainDate('2027-04-01'), rank: '2', taxPct3: [20_000] },
  ];
  expect(latestOn(rates, plainDate('2027-03-31'))?.taxPct3).toEqual([19_600]);
  expect(latestOn(rates, plainDate('2027-04-01'))?.taxPct3).toEqual([20_000]);
  expect(latestOn([], plainDate('2027-04-01'))).toBeNull();
});

test('who has a price list pays its price, else the usual one less its rate, but for what takes no discount', () => {
  const pack = { usualMinor: 250, discountAllowed: true };
  expect(priceOnList(pack, { listedMinor: 200, ratePct3: 10_000 })).toBe(200);
  expect(priceOnList(pack, { listedMinor: null, ratePct3: 10_000 })).toBe(225);
  expect(priceOnList({ ...pack, discountAllowed: false }, { listedMinor: null, ratePct3: 10_000 })).toBe(250);
  expect(priceOnList({ ...pack, usualMinor: null }, { listedMinor: null, ratePct3: 0 })).toBeNull();
});
