import { expect, test } from 'vitest';
import { parseDiscount } from './parse-discount.ts';

test('a percentage, or money, as people type them', () => {
  expect(parseDiscount('10%', 2)).toEqual({ kind: 'percent', ratePct3: 10_000 });
  expect(parseDiscount(' 7,5 %', 2)).toEqual({ kind: 'percent', ratePct3: 7_500 });
  expect(parseDiscount('٢٠٪', 2)).toEqual({ kind: 'percent', ratePct3: 20_000 });
  expect(parseDiscount('2.50', 2)).toEqual({ kind: 'amount', minor: 250 });
  expect(parseDiscount('2', 0)).toEqual({ kind: 'amount', minor: 2 });
});

test('nothing, nought and more than all of it are none', () => {
  for (const text of ['', '0', '0%', '101%', '100.0001%', '1.234', 'x', '-5', '2.505'])
    expect(parseDiscount(text, 2)).toBeNull();
});
