import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foreignWorth } from '#shared/sales/foreign-cash.ts';
import { parseCurrency, parseRate, parseWorth, typedRate, typedWorth } from './store-values.ts';

test.each([
  ['10', 10_000],
  ['7,5 %', 7_500],
  ['٢٠٪', 20_000],
  ['0', 0],
  ['100', 100_000],
  ['100.001', null],
  ['-1', null],
  ['', null],
  ['x', null],
])('a rate typed as %j is %j', (text, ratePct3) => {
  expect(parseRate(text)).toBe(ratePct3);
});

test('one dollar worth 0.92: a hundred of them come to 92.00', () => {
  const rate = parseWorth('0.92', { own: 2, foreign: 2 });
  expect(rate).toBe(920_000);
  expect(foreignWorth(10_000, rate ?? 0)).toBe(9_200);
});

test('currencies with more or fewer decimals than the store’s', () => {
  // 1,000 yen at 0.006134 are 6.13; one Kuwaiti dinar of 1,000 fils at 3.02 is 3.02.
  expect(foreignWorth(1000, parseWorth('0.006134', { own: 2, foreign: 0 }) ?? 0)).toBe(613);
  expect(foreignWorth(1000, parseWorth('3.02', { own: 2, foreign: 3 }) ?? 0)).toBe(302);
});

test.each(['', '0', '0.0000001', '-1', '1.2345678', 'x'])('%j is no worth', (text) => {
  expect(parseWorth(text, { own: 2, foreign: 2 })).toBeNull();
});

test('what was typed comes back as it would be typed', () => {
  const digits = fc.constantFrom({ own: 2, foreign: 2 }, { own: 2, foreign: 0 }, { own: 0, foreign: 0 });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 99_999_999 }),
      digits,
      fc.constantFrom('en', 'fr'),
      (millionths, of, locale) => {
        const text = `${Math.trunc(millionths / 1e6)}.${String(millionths % 1e6).padStart(6, '0')}`;
        const rate = parseWorth(text, of) ?? 0;
        expect(parseWorth(typedWorth(rate, of, locale), of)).toBe(rate);
      },
    ),
    { seed: 20_261_123 },
  );
  expect(typedRate(7_500, 'en')).toBe('7.5');
  expect(typedRate(10_000, 'fr')).toBe('10');
});

test('a currency is one of the world’s and not the store’s own', () => {
  expect(parseCurrency(' usd', 'EUR')).toBe('USD');
  for (const text of ['EUR', 'US', 'QQQ', '']) expect(parseCurrency(text, 'EUR')).toBeNull();
});
