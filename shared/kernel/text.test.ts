import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareCodePoints } from './text.ts';

test('orders as the UTF-8 bytes do, which is how both databases order', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      expect(Math.sign(compareCodePoints(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
    { seed: 3, numRuns: 3_000 },
  );
});

test('an emoji sorts after a full-width letter, a prefix before its extension', () => {
  expect(compareCodePoints('💊', 'Ａ')).toBeGreaterThan(0);
  expect(compareCodePoints('A1', 'A10')).toBeLessThan(0);
  expect(compareCodePoints('B', 'a')).toBeLessThan(0);
  expect(compareCodePoints('x', 'x')).toBe(0);
});
