import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decimalToMinor, minorDigits, minorToDecimal } from './currency.ts';

test('minor digits follow ISO 4217', () => {
  expect(['EUR', 'INR', 'JPY', 'XOF', 'TND', 'CLF', 'ZZZ'].map(minorDigits)).toEqual([2, 2, 0, 0, 3, 4, 2]);
});

test('an amount goes to a decimal and back exactly', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.nat(4), (minor, digits) => {
      expect(decimalToMinor(minorToDecimal(minor, digits), digits)).toEqual({ ok: true, value: minor });
    }),
    { seed: 7, numRuns: 2_000 },
  );
});

test.each([
  ['53130.80', 2, 5_313_080],
  ['-12.5', 2, -1_250],
  ['0.29', 2, 29],
  ['1.1', 3, 1_100],
  ['7', 0, 7],
  ['1.500', 1, 15],
  ['-0', 2, 0],
  ['007', 0, 7],
  ['90071992547409.91', 2, Number.MAX_SAFE_INTEGER],
])('%s with %d digits is %d', (text, digits, minor) => {
  expect(decimalToMinor(text, digits)).toEqual({ ok: true, value: minor });
});

test.each([
  ['1,50', 'not-a-decimal'],
  ['', 'not-a-decimal'],
  ['1e3', 'not-a-decimal'],
  ['.5', 'not-a-decimal'],
  ['٣', 'not-a-decimal'],
  [' 1', 'not-a-decimal'],
  ['1.005', 'too-precise'],
  ['90071992547409.92', 'too-large'],
])('%j is refused as %s', (text, code) => {
  expect(decimalToMinor(text, 2)).toEqual({ ok: false, error: { code, text } });
});

test('amounts under one major unit keep their zeros', () => {
  expect([
    minorToDecimal(5, 2),
    minorToDecimal(-5, 3),
    minorToDecimal(0, 2),
    minorToDecimal(-1_205, 2),
  ]).toEqual(['0.05', '-0.005', '0.00', '-12.05']);
});
