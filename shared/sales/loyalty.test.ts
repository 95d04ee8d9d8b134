import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pointsBack, pointsEarned, pointsToUse, worthOf } from './loyalty.ts';

const terms = { enabled: true, perMinor: 100, valueMinor: 5 };
const figure = fc.integer({ min: 0, max: 1_000_000_000_000 });
const rate = fc.integer({ min: 1, max: 100_000 });

describe('earned', () => {
  test('a point for every whole step of what was to be paid, and none where it is off', () => {
    expect([0, 99, 100, 1999].map((minor) => pointsEarned(minor, terms))).toEqual([0, 0, 1, 19]);
    expect(pointsEarned(1999, { ...terms, enabled: false })).toBe(0);
  });

  test('what the points stand for was paid, and one more was not', () => {
    fc.assert(
      fc.property(figure, rate, (totalMinor, perMinor) => {
        const points = pointsEarned(totalMinor, { ...terms, perMinor });
        expect(points * perMinor).toBeLessThanOrEqual(totalMinor);
        expect((points + 1) * perMinor).toBeGreaterThan(totalMinor);
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});

describe('used', () => {
  test('the examples of the doc comment; a balance below nought is worth nothing', () => {
    const used = (valueMinor: number) =>
      pointsToUse({ wanted: 500, balance: 500, leftMinor: 320 }, { ...terms, valueMinor });
    expect([used(1), used(50)]).toEqual([320, 6]);
    expect(worthOf(-3, terms)).toBe(0);
    expect(pointsToUse({ wanted: 9, balance: -3, leftMinor: 320 }, terms)).toBe(0);
  });

  test('never more than asked for, than there are, or than is left to pay; and as many as that allows', () => {
    fc.assert(
      fc.property(
        figure,
        fc.integer({ min: -1000, max: 1_000_000 }),
        figure,
        rate,
        (wanted, balance, leftMinor, valueMinor) => {
          const used = pointsToUse({ wanted, balance, leftMinor }, { ...terms, valueMinor });
          expect(used).toBeGreaterThanOrEqual(0);
          expect(used).toBeLessThanOrEqual(Math.min(wanted, Math.max(0, balance)));
          expect(used * valueMinor).toBeLessThanOrEqual(leftMinor);
          const more = used + 1;
          expect(more > wanted || more > balance || more * valueMinor > leftMinor).toBe(true);
        },
      ),
      { seed: 2, numRuns: 500 },
    );
  });
});

describe('back', () => {
  const steps = fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 12 });

  test('returned in any steps, a sale takes back exactly what it earned, no step adding any', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), steps, (points, parts) => {
        const whole = parts.reduce((sum, part) => sum + part, 0);
        fc.pre(whole > 0);
        let before = 0;
        let back = 0;
        for (const now of parts) {
          const step = pointsBack(points, { whole, before, now });
          expect(step).toBeGreaterThanOrEqual(0);
          before += now;
          back += step;
          expect(back).toBeLessThanOrEqual(points);
        }
        expect(back).toBe(points);
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  test('what two tills took back beyond what was sold takes back no more', () => {
    expect(pointsBack(7, { whole: 100, before: 100, now: 50 })).toBe(0);
    expect(pointsBack(7, { whole: 100, before: 60, now: 60 })).toBe(3);
  });
});
