import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { settle } from '#shared/sales/cash.ts';
import { cashOffers, leftFor, parseAmount, stepFor, typedAmount } from './amounts.ts';

describe('an amount as it is typed', () => {
  test.each([
    ['20', 2000],
    ['15.76', 1576],
    ['15,76', 1576],
    ['.5', 50],
    ['1,234.50', 123450],
    ['1 234,5', 123450],
    ['1.234,50', 123450],
    ['٢٠', 2000],
  ])('%s is %i cents', (text, minor) => expect(parseAmount(text, 2)).toBe(minor));

  test.each(['', '.', '1.234', 'x', '-5', '1..2', '12,34,5.00'])('“%s” is none', (text) => {
    expect(parseAmount(text, 2)).toBeNull();
  });

  test('a currency without decimals takes none', () => {
    expect(parseAmount('1500', 0)).toBe(1500);
    expect(parseAmount('15.5', 0)).toBeNull();
  });
});

test('an amount offered is read back as it was', () => {
  fc.assert(
    fc.property(
      fc.nat(10_000_000),
      fc.constantFrom(0, 2, 3),
      fc.constantFrom('en', 'fr', 'ar'),
      (minor, digits, locale) => {
        expect(parseAmount(typedAmount(minor, digits, locale), digits)).toBe(minor);
      },
    ),
    { seed: 5 },
  );
});

test('notes offered: the exact amount, then what a hand may hold', () => {
  expect(cashOffers(1576, 2)).toEqual([1576, 2000, 5000, 10000]);
  expect(cashOffers(310, 2)).toEqual([310, 500, 1000, 2000]);
  expect(cashOffers(2776, 2)).toEqual([2776, 3000, 4000, 5000]);
});

test('cash left is in steps of the smallest coin; card left is not', () => {
  const paid = { totalMinor: 5679, taken: [{ kind: 'card' as const, amountMinor: 5506 }], cashStepMinor: 5 };
  expect(leftFor('cash', paid)).toBe(175);
  expect(leftFor('card', paid)).toBe(173);
});

test('what the screen would pay always settles, with the change it showed', () => {
  const amount = fc.integer({ min: 1, max: 100_000 });
  fc.assert(
    fc.property(amount, amount, fc.constantFrom(1, 5, 10), (totalMinor, typed, cashStepMinor) => {
      const leftMinor = leftFor('cash', { totalMinor, taken: [], cashStepMinor });
      const step = stepFor('cash', typed, { leftMinor, taken: [] });
      if (step.do === 'pay') {
        const settled = settle({ totalMinor, tenders: step.tenders, cashStepMinor });
        expect(settled).toMatchObject({ ok: true, value: { changeMinor: step.changeMinor } });
      } else expect(typed).toBeLessThan(leftMinor);
    }),
    { seed: 3 },
  );
});

test('more than is left is taken in cash alone', () => {
  expect(stepFor('card', 200, { leftMinor: 100, taken: [] })).toEqual({ do: 'refuse' });
  expect(stepFor('cash', 200, { leftMinor: 100, taken: [] })).toMatchObject({ do: 'pay', changeMinor: 100 });
  expect(stepFor('card', 40, { leftMinor: 100, taken: [] })).toMatchObject({ do: 'take' });
});

test('what cash rounding leaves nothing of is paid with cash of 0', () => {
  const step = stepFor('cash', null, {
    leftMinor: leftFor('cash', { totalMinor: 2, taken: [], cashStepMinor: 5 }),
    taken: [],
  });
  if (step.do !== 'pay') throw new Error(step.do);
  expect(settle({ totalMinor: 2, tenders: step.tenders, cashStepMinor: 5 })).toMatchObject({
    ok: true,
    value: { changeMinor: 0, cashRoundingMinor: -2 },
  });
});
