import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foreignNeeded, foreignWorth } from './foreign-cash.ts';

test.each([
  [2000, 920_000, 1840],
  [1, 500_000, 1],
  [1, 499_999, 0],
  [10_000, 6_134, 61],
])('%d of another currency at %d are worth %d', (foreignMinor, ratePpm, worth) => {
  expect(foreignWorth(foreignMinor, ratePpm)).toBe(worth);
});

test('what is asked for is enough, and one unit less is not', () => {
  const amount = fc.integer({ min: 0, max: 100_000_000 });
  fc.assert(
    fc.property(amount, fc.integer({ min: 1, max: 100_000_000 }), (minor, ratePpm) => {
      const needed = foreignNeeded(minor, ratePpm);
      expect(foreignWorth(needed, ratePpm)).toBeGreaterThanOrEqual(minor);
      if (needed > 0) expect(foreignWorth(needed - 1, ratePpm)).toBeLessThan(minor);
    }),
    { seed: 20_261_123 },
  );
});
