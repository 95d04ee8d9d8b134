import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocate, atRate, isWholeAmount, mulDivRound, roundToStep, sumMinor } from './money.ts';

const MAX = Number.MAX_SAFE_INTEGER;
const anyInt = fc.maxSafeInteger();
const run = { seed: 20270101, numRuns: 2_000 };

/** Half away from zero in exact integers, written differently from the code: sign · ⌊(2|n| + |d|) / 2|d|⌋. */
function oracle(a: number, b: number, c: number): bigint {
  const [n, d] = [BigInt(a) * BigInt(b), BigInt(c)];
  const abs = (x: bigint) => (x < 0n ? -x : x);
  const magnitude = (2n * abs(n) + abs(d)) / (2n * abs(d));
  return n < 0n !== d < 0n ? -magnitude : magnitude;
}

describe('mulDivRound', () => {
  test.each([
    [1, 1, 2, 1],
    [-1, 1, 2, -1],
    [1, -1, 2, -1],
    [1, 1, -2, -1],
    [3, 1, 2, 2],
    [-5, 1, 2, -3],
    [1, 1, 3, 0],
    [2, 1, 3, 1],
    [-1, 1, 3, 0],
    [0, -7, 3, 0],
    [1000, 2100, 100_000, 21],
    [MAX, MAX, MAX, MAX],
    [MAX, 1, 2, 4_503_599_627_370_496],
    [-MAX, MAX - 1, MAX - 1, -MAX],
  ])('%d · %d / %d = %d', (a, b, c, expected) => {
    expect(mulDivRound(a, b, c)).toBe(expected); // toBe tells 0 from -0
  });

  test('equals the exact quotient rounded half away from zero for all safe integers', () => {
    fc.assert(
      fc.property(
        anyInt,
        anyInt,
        anyInt.filter((c) => c !== 0),
        (a, b, c) => {
          const exact = oracle(a, b, c);
          if (Number.isSafeInteger(Number(exact))) expect(BigInt(mulDivRound(a, b, c))).toBe(exact);
          else expect(() => mulDivRound(a, b, c)).toThrow(RangeError);
        },
      ),
      run,
    );
  });

  test('equals it where the product is small and ties are common', () => {
    const small = fc.integer({ min: -40, max: 40 });
    fc.assert(
      fc.property(
        small,
        small,
        small.filter((c) => c !== 0),
        (a, b, c) => {
          expect(BigInt(mulDivRound(a, b, c))).toBe(oracle(a, b, c));
        },
      ),
      run,
    );
  });

  test('throws for what is no safe integer and for division by zero', () => {
    for (const bad of [1.5, Number.NaN, Number.POSITIVE_INFINITY, MAX + 1]) {
      expect(() => mulDivRound(bad, 1, 1)).toThrow(RangeError);
      expect(() => mulDivRound(1, bad, 1)).toThrow(RangeError);
      expect(() => mulDivRound(1, 1, bad)).toThrow(RangeError);
    }
    expect(() => mulDivRound(1, 1, 0)).toThrow(RangeError);
    expect(() => mulDivRound(MAX, 2, 1)).toThrow(RangeError);
  });
});

describe('allocate', () => {
  test.each([
    [100, [1, 1, 1], [34, 33, 33]],
    [1, [1, 1, 1], [1, 0, 0]],
    [5, [3, 1], [4, 1]], // 3.75 + 1.25
    [2, [1, 2, 1], [1, 1, 0]], // ½ + 1 + ½: the tie goes to the earlier
    [7, [0, 5, 0], [0, 7, 0]],
    [-100, [1, 1, 1], [-34, -33, -33]],
    [0, [0, 0], [0, 0]],
    [0, [], []],
    [MAX, [MAX - 1, 1], [MAX - 1, 1]],
  ])('spreads %d over %j', (total, weights, expected) => {
    expect(allocate(total, weights)).toEqual(expected);
  });

  const weights = fc.array(fc.oneof(fc.nat(20), fc.nat(10_000_000), fc.nat({ max: 2 ** 31 - 1 })), {
    minLength: 1,
    maxLength: 12,
  });

  test('parts add up exactly, lie within one of the exact share, and never favour a smaller weight', () => {
    fc.assert(
      fc.property(
        anyInt,
        weights.filter((w) => w.some((x) => x > 0)),
        (total, w) => {
          const parts = allocate(total, w);
          expect(parts.reduce((sum, part) => sum + BigInt(part), 0n)).toBe(BigInt(total));
          const sum = BigInt(sumMinor(w));
          for (const [i, part] of parts.entries()) {
            const off = BigInt(part) * sum - BigInt(total) * BigInt(w[i] ?? 0);
            expect(off < sum && off > -sum).toBe(true);
            if (w[i] === 0) expect(part).toBe(0);
          }
          for (let i = 0; i < w.length; i++)
            for (let j = 0; j < w.length; j++)
              if ((w[i] ?? 0) > (w[j] ?? 0))
                expect(Math.abs(parts[i] ?? 0)).toBeGreaterThanOrEqual(Math.abs(parts[j] ?? 0));
        },
      ),
      { ...run, numRuns: 500 },
    );
  });

  test('refuses to lose money: no weights, negative weights, fractions', () => {
    expect(() => allocate(1, [])).toThrow(RangeError);
    expect(() => allocate(1, [0, 0])).toThrow(RangeError);
    expect(() => allocate(1, [2, -1])).toThrow(RangeError);
    expect(() => allocate(0.5, [1])).toThrow(RangeError);
    expect(() => allocate(1, [MAX, MAX])).toThrow(RangeError);
  });
});

test('roundToStep rounds to the nearest step, half away from zero', () => {
  expect([1, 2, 3, 7, 8, -2, -3, 0].map((x) => roundToStep(x, 5))).toEqual([0, 0, 5, 5, 10, 0, -5, 0]);
  expect([25, -25, 24].map((x) => roundToStep(x, 50))).toEqual([50, -50, 0]);
});

test('atRate takes thousandths of a percent', () => {
  expect(atRate(10_000, 2_100)).toBe(210);
  expect(atRate(50, 1_000)).toBe(1);
});

test('sums and amounts stay within safe integers', () => {
  expect(sumMinor([])).toBe(0);
  expect(() => sumMinor([MAX, 1])).toThrow(RangeError);
  expect([0, 5, MAX].every(isWholeAmount)).toBe(true);
  expect([-1, 0.5, Number.NaN, MAX + 1].some(isWholeAmount)).toBe(false);
});
