import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, plainDate } from '#shared/kernel/calendar.ts';
import { vectors } from '../../build/vectors.ts';
import {
  allocateFefo,
  type BatchStatus,
  type FefoBatch,
  fefoOrder,
  isSellableOn,
  skipReason,
} from './fefo.ts';

const on = plainDate('2027-03-10');
const batch = (code: string, expires: string, over: Partial<FefoBatch> = {}): FefoBatch => ({
  batchId: `id-${code}`,
  code,
  expiresOn: plainDate(expires),
  receivedAt: 0,
  status: 'sellable',
  onHandBase: 10,
  ...over,
});
const allocate = (batches: readonly FefoBatch[], wantBase: number, minShelfLifeDays = 0) =>
  allocateFefo({ batches, wantBase, on, minShelfLifeDays });

test('every vector of FEFO', () => {
  type Case = {
    batches: {
      batch: string;
      expiresOn: string;
      receivedAt: string;
      status: BatchStatus;
      onHandBase: number;
    }[];
    on: string;
    minShelfLifeDays: number;
    wantBase: number;
    expected: { allocations: { batch: string; qtyBase: number }[]; shortBase: number };
  };
  const cases = vectors<Case>('fefo');
  expect(cases.length).toBeGreaterThanOrEqual(40);
  for (const [index, { batches, expected, ...wanted }] of cases.entries()) {
    const { allocations, shortBase } = allocateFefo({
      ...wanted,
      on: plainDate(wanted.on),
      batches: batches.map(({ batch: code, expiresOn, receivedAt, ...rest }) => ({
        ...rest,
        batchId: code,
        code,
        expiresOn: plainDate(expiresOn),
        receivedAt: Date.parse(receivedAt),
      })),
    });
    expect(
      { allocations: allocations.map(({ code, qtyBase }) => ({ batch: code, qtyBase })), shortBase },
      `case ${index}`,
    ).toEqual(expected);
  }
});

describe('the worked example', () => {
  const shelf = [
    batch('F6', '2027-09-30', { onHandBase: 90 }),
    batch('E5', '2027-08-31', { onHandBase: 50 }),
    batch('D4', '2027-06-30', { onHandBase: -3 }),
    batch('C3', '2027-05-31', { status: 'quarantined', onHandBase: 60 }),
    batch('B2', '2027-03-10', { onHandBase: 12 }),
    batch('A1', '2027-03-09', { onHandBase: 30 }),
  ];

  test('gives what the comment says, and why the others do not', () => {
    expect(allocate(shelf, 40)).toEqual({
      allocations: [
        { batchId: 'id-B2', code: 'B2', qtyBase: 12 },
        { batchId: 'id-E5', code: 'E5', qtyBase: 28 },
      ],
      shortBase: 0,
      skipped: [
        { batchId: 'id-A1', code: 'A1', reason: 'expired' },
        { batchId: 'id-C3', code: 'C3', reason: 'quarantined' },
        { batchId: 'id-D4', code: 'D4', reason: 'none-on-hand' },
      ],
    });
  });

  test('with 30 days asked for, the batch of the day is too short', () => {
    const { allocations, skipped } = allocate(shelf, 40, 30);
    expect(allocations).toEqual([{ batchId: 'id-E5', code: 'E5', qtyBase: 40 }]);
    expect(skipped[1]).toEqual({ batchId: 'id-B2', code: 'B2', reason: 'short-life' });
  });
});

test('equal expiry goes by reception, then by code in code-point order, then by id', () => {
  const expires = '2027-08-31';
  const order = [
    batch('B', expires, { receivedAt: 1 }),
    batch('A', expires, { receivedAt: 2 }),
    batch('Z', expires, { receivedAt: 2 }),
    batch('a', expires, { receivedAt: 2, batchId: 'id-1' }),
    batch('a', expires, { receivedAt: 2, batchId: 'id-2' }),
  ];
  expect(order.toReversed().toSorted(fefoOrder)).toEqual(order);
});

test('a forbidden batch says so even when it is empty; an empty one that is fine can be sold from the hand', () => {
  const day = { on, minShelfLifeDays: 0 };
  const recalled = batch('R', '2027-01-01', { status: 'recalled', onHandBase: 0 });
  const empty = batch('N', '2027-08-31', { onHandBase: 0 });
  expect([
    skipReason(recalled, day),
    skipReason(empty, day),
    skipReason(batch('S', '2027-08-31'), day),
  ]).toEqual(['recalled', 'none-on-hand', null]);
  expect([isSellableOn(recalled, day), isSellableOn(empty, day)]).toEqual([false, true]);
  expect(isSellableOn(empty, { on, minShelfLifeDays: 365 })).toBe(false);
});

test('nothing wanted takes nothing; a quantity that is none is a bug', () => {
  expect(allocate([batch('A', '2027-08-31')], 0)).toEqual({ allocations: [], shortBase: 0, skipped: [] });
  for (const bad of [-1, 0.5, Number.NaN, Number.MAX_SAFE_INTEGER + 1])
    expect(() => allocate([], bad)).toThrow(RangeError);
});

describe('on any shelf', () => {
  const anyBatch = fc.record({
    batchId: fc.uuid(),
    code: fc.constantFrom('A', 'B', 'a', '💊'),
    expiresOn: fc.integer({ min: -5, max: 60 }).map((days) => addDays(on, days)),
    receivedAt: fc.nat(2),
    status: fc.constantFrom<BatchStatus>('sellable', 'sellable', 'sellable', 'quarantined', 'recalled'),
    onHandBase: fc.integer({ min: -5, max: 40 }),
  });
  const shelves = fc.uniqueArray(anyBatch, { selector: (one) => one.batchId, maxLength: 10 });

  test('the wanted is given or short, from sellable stock alone, earliest first, and rows may come in any order', () => {
    fc.assert(
      fc.property(shelves, fc.nat(150), fc.nat(40), (shelf, wantBase, minShelfLifeDays) => {
        const result = allocate(shelf, wantBase, minShelfLifeDays);
        const { allocations, shortBase, skipped } = result;
        expect(allocations.reduce((sum, one) => sum + one.qtyBase, 0) + shortBase).toBe(wantBase);
        const given = new Map(allocations.map((one) => [one.batchId, one.qtyBase]));
        const reasons = new Map(skipped.map((one) => [one.batchId, one.reason]));
        const open = shelf.filter((one) => !reasons.has(one.batchId)).toSorted(fefoOrder);
        for (const one of open)
          expect(
            one.status === 'sellable' && one.onHandBase > 0 && one.expiresOn >= addDays(on, minShelfLifeDays),
          ).toBe(true);
        for (const [id, qty] of given) expect(qty > 0 && !reasons.has(id)).toBe(true);
        // Greedy: every open batch before the last one that gives is taken whole; short only when all are.
        const last = shortBase > 0 ? open.length : open.findLastIndex((one) => given.has(one.batchId));
        for (const one of open.slice(0, Math.max(0, last)))
          expect(given.get(one.batchId)).toBe(one.onHandBase);
        for (const one of shelf)
          expect(reasons.get(one.batchId) ?? null).toBe(skipReason(one, { on, minShelfLifeDays }));
        expect(allocate(shelf.toReversed(), wantBase, minShelfLifeDays)).toEqual(result);
      }),
      { seed: 20270105, numRuns: 1_000 },
    );
  });
});
