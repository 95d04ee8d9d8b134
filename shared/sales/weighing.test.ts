import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gramsOf, type Weighing, weighingTroubles, weighStill } from './weighing.ts';

const weighed = (amount: number, decimals: number, unit: 'kg' | 'g' | 'lb' | 'oz'): Weighing => ({
  ...{ code: 'weighed', weight: { amount, decimals, unit } },
});

test.each([
  [weighed(1255, 3, 'kg'), { ok: true, value: 1255 }],
  [weighed(12, 1, 'kg'), { ok: true, value: 1200 }],
  [weighed(250, 0, 'g'), { ok: true, value: 250 }],
  [weighed(2500, 1, 'g'), { ok: true, value: 250 }],
  [weighed(0, 3, 'kg'), { ok: false, error: { code: 'nothing-on-it' } }],
  [weighed(-20, 3, 'kg'), { ok: false, error: { code: 'under' } }],
  [weighed(12345, 4, 'kg'), { ok: false, error: { code: 'not-whole-grams' } }],
  [weighed(123, 1, 'g'), { ok: false, error: { code: 'not-whole-grams' } }],
  [weighed(200, 2, 'lb'), { ok: false, error: { code: 'not-whole-grams' } }],
  [weighed(8, 0, 'oz'), { ok: false, error: { code: 'not-whole-grams' } }],
])('%j', (weighing, expected) => {
  expect(gramsOf(weighing)).toEqual(expected);
});

test('every trouble of a scale stays what it is', () => {
  for (const code of weighingTroubles) expect(gramsOf({ code })).toEqual({ ok: false, error: { code } });
});

test('a weight is given to the gram or not at all', () => {
  const unit = fc.constantFrom('kg', 'g');
  fc.assert(
    fc.property(fc.nat(9_999_999), fc.nat(5), unit, (amount, decimals, unit) => {
      const grams = gramsOf({ code: 'weighed', weight: { amount, decimals, unit } });
      const thousandths = BigInt(amount) * (unit === 'kg' ? 1000n : 1n);
      const isWhole = amount > 0 && thousandths % 10n ** BigInt(decimals) === 0n;
      expect(grams.ok).toBe(isWhole);
      if (grams.ok) expect(BigInt(grams.value) * 10n ** BigInt(decimals)).toBe(thousandths);
    }),
    { seed: 20261123 },
  );
});

test('it is asked again while it moves, so many times and no longer than wanted', async () => {
  const still = weighed(250, 0, 'g');
  const moves: Weighing = { code: 'in-motion' };
  const run = async (says: Weighing[], pauses: boolean[] = []) => {
    const ask = async () => says.shift() ?? still;
    return weighStill(ask, { tries: 3, pause: async () => pauses.shift() ?? true });
  };
  expect(await run([moves, moves, still])).toEqual(still);
  expect(await run([moves, moves, moves])).toEqual(moves);
  expect(await run([moves, { code: 'over' }])).toEqual({ code: 'over' });
  expect(await run([moves, moves], [true, false])).toBeNull();
});
