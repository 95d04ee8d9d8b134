import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isAgeDue,
  isAtLeast,
  isSameTold,
  OLD_AFTER_MS,
  shareOf,
  toldBase,
  toldShares,
  whoElseHas,
} from './elsewhere.ts';

const seed = { seed: 11 };
const box = { packSize: 16, breakable: true };
const told = (packs: number) => toldBase(packs * 16, box) / 16;

describe('what is told of a store’s stock', () => {
  test('is exact up to nine packs, then in tens, and never more than fifty', () => {
    expect([0, 1, 9, 10, 19, 20, 49, 50, 70, 10_000].map(told)).toEqual([
      0, 1, 9, 10, 10, 20, 40, 50, 50, 50,
    ]);
  });

  test('has loose units only where there is no whole pack, and only if they may be sold', () => {
    expect([5, 16, 21, -3].map((qty) => toldBase(qty, box))).toEqual([5, 16, 16, 0]);
    expect([5, 21, -3].map((qty) => toldBase(qty, { ...box, breakable: false }))).toEqual([0, 16, 0]);
  });

  test('never promises more than there is, and is the same when it is told again', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e6, max: 1e9 }),
        fc.integer({ min: 1, max: 500 }),
        fc.boolean(),
        (qty, packSize, breakable) => {
          const pack = { packSize, breakable };
          const is = toldBase(qty, pack);
          expect(is).toBeLessThanOrEqual(Math.max(0, qty));
          expect(toldBase(is, pack)).toBe(is);
          if (!isAtLeast(is, packSize) && is >= packSize) expect(qty - is).toBeLessThan(packSize);
          if (is === 0) expect(qty < packSize).toBe(true);
        },
      ),
      seed,
    );
  });

  test('leaves out who has none, is the same in any order of stores, and has each in one share', () => {
    const sums = fc.dictionary(fc.stringMatching(/^S\d\d$/), fc.integer({ min: -50, max: 2_000 }));
    fc.assert(
      fc.property(sums, (onHand) => {
        const shares = toldShares(onHand, box);
        const reversed = Object.fromEntries(Object.entries(onHand).toReversed());
        expect(toldShares(reversed, box)).toEqual(shares);
        const all = Object.entries(shares).flatMap(([share, held]) =>
          Object.entries(held).map(([code, qty]) => ({ share, code, qty })),
        );
        expect(all.every(({ share, code }) => share === shareOf(code))).toBe(true);
        expect(Object.fromEntries(all.map(({ code, qty }) => [code, qty]))).toEqual(
          Object.fromEntries(
            Object.entries(onHand)
              .map(([code, qty]) => [code, toldBase(qty, box)] as const)
              .filter(([, qty]) => qty > 0),
          ),
        );
      }),
      seed,
    );
  });

  test('two tell the same, or do not', () => {
    expect(isSameTold({ S01: 1, S02: 2 }, { S02: 2, S01: 1 })).toBe(true);
    expect(isSameTold({ S01: 1 }, { S01: 2 })).toBe(false);
    expect([
      isSameTold({ S01: 1 }, {}),
      isSameTold({}, { S01: 1 }),
      isSameTold({ S01: 1 }, { S02: 1 }),
    ]).toEqual([...[false, false, false]]);
  });

  test('two hundred stores lie in sixteen shares, none with more than thrice its part', () => {
    const codes = Array.from({ length: 200 }, (_, i) => `S${String(i + 1).padStart(2, '0')}`);
    const shares = [...new Set(codes.map(shareOf))];
    expect(shares).toHaveLength(16);
    const sizes = shares.map((share) => codes.filter((code) => shareOf(code) === share).length);
    expect(Math.max(...sizes)).toBeLessThan((3 * 200) / 16);
    expect(codes.every((code) => /^[0-9a-f]$/.test(shareOf(code)))).toBe(true);
  });
});

describe('who else has it', () => {
  const nowMs = 10 * OLD_AFTER_MS;
  const store = (code: string, asOf: number | null = nowMs) => ({ storeId: `id ${code}`, code, asOf });
  const ask = (held: Record<string, number>, others: readonly ReturnType<typeof store>[]) =>
    whoElseHas(held, { others, packSize: 16, nowMs });

  test('names those it knows well first, then who has most, with the age of each', () => {
    const day = nowMs - OLD_AFTER_MS;
    const { holders, without, unknown } = ask({ S01: 16, S02: 160, S03: 800, S04: 32, S09: 99 }, [
      ...[store('S01', nowMs - 60_000), store('S02', day), store('S03', day - 1)],
      ...[store('S04'), store('S05'), store('S06', null)],
    ]);
    expect(holders.map(({ code, ageMs, isOld, atLeast }) => [code, ageMs, isOld, atLeast])).toEqual([
      ['S02', OLD_AFTER_MS, false, true],
      ['S04', 0, false, false],
      ['S01', 60_000, false, false],
      ['S03', OLD_AFTER_MS + 1, true, true],
    ]);
    expect([without, unknown]).toEqual([1, 1]);
  });

  test('a clock behind HQ’s makes nothing younger than now', () => {
    expect(ask({ S01: 16 }, [store('S01', nowMs + 5_000)]).holders).toMatchObject([{ ageMs: 0 }]);
  });

  test('every other store is counted once', () => {
    const held = fc.dictionary(fc.stringMatching(/^S0\d$/), fc.integer({ min: 1, max: 900 }));
    const others = fc.uniqueArray(fc.tuple(fc.stringMatching(/^S0\d$/), fc.option(fc.nat(nowMs))), {
      selector: ([code]) => code,
    });
    fc.assert(
      fc.property(held, others, (stock, stores) => {
        const found = ask(
          stock,
          stores.map(([code, asOf]) => store(code, asOf)),
        );
        expect(found.holders.length + found.without + found.unknown).toBe(stores.length);
        expect(found.holders.every(({ code, qtyBase }) => stock[code] === qtyBase)).toBe(true);
      }),
      seed,
    );
  });
});

test('a store’s time is told with its stock, and else once an hour', () => {
  const hour = 3_600_000;
  const due = (dataTo: number, toldAsOf: number | null, changed = false) =>
    isAgeDue(dataTo, { toldAsOf, changed });
  expect([due(5, null), due(6, 5, true), due(5 + hour, 5)]).toEqual([true, true, true]);
  expect([due(5, 5, true), due(4 + hour, 5)]).toEqual([false, false]);
});
