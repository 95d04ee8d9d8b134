import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { value } from '../../build/sale-samples.ts';
import { vectors } from '../../build/vectors.ts';
import { cashDue, settle } from './cash.ts';

const run = { seed: 20270103, numRuns: 2_000 };
const step = fc.constantFrom(1, 5, 10, 20, 50, 100, 1_000);
const amount = fc.oneof(fc.nat(500), fc.nat(5_000_000));
const card = (amountMinor: number) => ({ kind: 'card', amountMinor });
const cash = (amountMinor: number) => ({ kind: 'cash', amountMinor });

test('every vector of the cash due', () => {
  type Case = { totalMinor: number; otherTendersMinor: number; cashStepMinor: number; expected: object };
  const cases = vectors<Case>('cash');
  expect(cases.length).toBeGreaterThanOrEqual(40);
  for (const { expected, ...input } of cases)
    expect(value(cashDue(input)), JSON.stringify(input)).toEqual(expected);
});

test('cash due is the step nearest to the remainder, the higher of two', () => {
  fc.assert(
    fc.property(amount, amount, step, (rest, otherTendersMinor, cashStepMinor) => {
      const due = value(cashDue({ totalMinor: rest + otherTendersMinor, otherTendersMinor, cashStepMinor }));
      expect(due.cashDueMinor % cashStepMinor).toBe(0);
      expect(due.cashRoundingMinor).toBe(due.cashDueMinor - rest);
      expect(2 * due.cashRoundingMinor).toBeLessThanOrEqual(cashStepMinor);
      expect(2 * due.cashRoundingMinor).toBeGreaterThan(-cashStepMinor);
    }),
    run,
  );
});

describe('settling', () => {
  const settled = (totalMinor: number, ...tenders: { kind: string; amountMinor: number }[]) =>
    settle({ totalMinor, tenders, cashStepMinor: 5 });

  test('cash is rounded and gives change', () => {
    expect(settled(5_679, card(5_506), cash(500))).toEqual({
      ok: true,
      value: { changeMinor: 325, cashRoundingMinor: 2, cashKeptMinor: 175 },
    });
    expect(settled(1_203, cash(1_205))).toEqual({
      ok: true,
      value: { changeMinor: 0, cashRoundingMinor: 2, cashKeptMinor: 1_205 },
    });
  });

  test('without cash nothing is rounded and every unit counts', () => {
    expect(settled(1_203, card(1_203))).toEqual({
      ok: true,
      value: { changeMinor: 0, cashRoundingMinor: 0, cashKeptMinor: 0 },
    });
    expect(settled(1_203, card(1_202))).toEqual({
      ok: false,
      error: { code: 'under-paid', missingMinor: 1 },
    });
    expect(settled(1_203, card(1_204))).toEqual({
      ok: false,
      error: { code: 'over-paid-without-cash', excessMinor: 1 },
    });
  });

  test('change never comes out of a card, even with cash beside it', () => {
    expect(settled(1_000, card(1_100), cash(500))).toEqual({
      ok: false,
      error: { code: 'over-paid-without-cash', excessMinor: 100 },
    });
  });

  test('a remainder that rounds to nothing is settled by a cash tender of 0 only', () => {
    expect(settled(1_002, card(1_000), cash(0))).toEqual({
      ok: true,
      value: { changeMinor: 0, cashRoundingMinor: -2, cashKeptMinor: 0 },
    });
    expect(settled(1_002, card(1_000))).toEqual({
      ok: false,
      error: { code: 'under-paid', missingMinor: 2 },
    });
  });

  test('a sale of 0 needs no tender; one of 1 does', () => {
    expect(settled(0).ok).toBe(true);
    expect(settled(1)).toEqual({ ok: false, error: { code: 'under-paid', missingMinor: 1 } });
    expect(settled(1_203, cash(1_000))).toEqual({
      ok: false,
      error: { code: 'under-paid', missingMinor: 205 },
    });
  });

  test('tenders less change are the total and its rounding, and change is at most the cash', () => {
    const tender = fc.record({
      kind: fc.constantFrom('cash', 'card', 'voucher', 'account'),
      amountMinor: amount,
    });
    fc.assert(
      fc.property(amount, fc.array(tender, { maxLength: 4 }), step, (totalMinor, tenders, cashStepMinor) => {
        const paid = tenders.reduce((sum, t) => sum + t.amountMinor, 0);
        const inCash = tenders.filter((t) => t.kind === 'cash').reduce((sum, t) => sum + t.amountMinor, 0);
        const result = settle({ totalMinor, tenders, cashStepMinor });
        if (result.ok) {
          const { changeMinor, cashRoundingMinor, cashKeptMinor } = result.value;
          expect(paid - changeMinor).toBe(totalMinor + cashRoundingMinor);
          expect(changeMinor).toBeGreaterThanOrEqual(0);
          expect(cashKeptMinor).toBe(inCash - changeMinor);
          expect(cashKeptMinor).toBeGreaterThanOrEqual(0);
        } else if (result.error.code === 'over-paid-without-cash') {
          expect(paid - inCash).toBe(totalMinor + result.error.excessMinor);
        } else if (result.error.code === 'under-paid') {
          // Exactly the missing cash more settles it, without change.
          const more = settle({
            totalMinor,
            tenders: [...tenders, cash(result.error.missingMinor)],
            cashStepMinor,
          });
          if (inCash > 0) expect(value(more).changeMinor).toBe(0);
          expect(result.error.missingMinor).toBeGreaterThan(0);
        } else expect.unreachable();
      }),
      run,
    );
  });
});

test('figures that are none are refused by name', () => {
  for (const bad of [-1, 0.5, Number.NaN, Number.MAX_SAFE_INTEGER + 1]) {
    const good = { totalMinor: 100, otherTendersMinor: 0, cashStepMinor: 5 };
    expect(cashDue({ ...good, totalMinor: bad })).toMatchObject({
      error: { code: 'bad-figure', field: 'totalMinor' },
    });
    expect(cashDue({ ...good, otherTendersMinor: bad })).toMatchObject({
      error: { code: 'bad-figure', field: 'tenders' },
    });
    expect(cashDue({ ...good, cashStepMinor: bad })).toMatchObject({
      error: { code: 'bad-figure', field: 'cashStepMinor' },
    });
    expect(settle({ totalMinor: 100, tenders: [cash(500), card(bad)], cashStepMinor: 5 })).toMatchObject({
      error: { field: 'tenders' },
    });
  }
  expect(cashDue({ totalMinor: 1, otherTendersMinor: 0, cashStepMinor: 0 }).ok).toBe(false);
  expect(
    cashDue({ totalMinor: Number.MAX_SAFE_INTEGER, otherTendersMinor: 0, cashStepMinor: 1_000 }).ok,
  ).toBe(false);
  const half = Number.MAX_SAFE_INTEGER - 1;
  expect(settle({ totalMinor: 100, tenders: [cash(half), cash(half)], cashStepMinor: 5 })).toMatchObject({
    error: { field: 'tenders' },
  });
});
