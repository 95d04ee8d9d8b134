import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainDate } from '#shared/kernel/calendar.ts';
import type { FefoBatch } from './fefo.ts';
import {
  type LedgerEntry,
  oversellTasks,
  swapMoves,
  swapReason,
  swapRefusal,
  swapUndoneReason,
} from './oversell.ts';

const day = { on: plainDate('2026-11-24'), minShelfLifeDays: 0 };
const batch = (batchId: string, onHandBase: number, over: Partial<FefoBatch> = {}): FefoBatch => ({
  ...{
    batchId,
    code: batchId,
    expiresOn: plainDate('2027-06-30'),
    receivedAt: 1,
    status: 'sellable',
    onHandBase,
  },
  ...over,
});
const tasks = (batches: readonly FefoBatch[], entries: readonly LedgerEntry[] = []) =>
  oversellTasks({ packId: 'pack', batches, entries }, day);

describe('a batch below zero', () => {
  test('is a task with the first batch by FEFO that has as much', () => {
    const later = batch('C', 40, { expiresOn: plainDate('2027-09-30') });
    expect(tasks([later, batch('B', 10), batch('A', -3)])).toEqual([
      {
        ...{
          kind: 'oversold',
          packId: 'pack',
          batchId: 'A',
          code: 'A',
          expiresOn: '2027-06-30',
          shortBase: 3,
        },
        suggestion: { batchId: 'B', code: 'B', expiresOn: '2027-06-30', onHandBase: 10 },
      },
    ]);
  });
  test.each([
    ['has too little', { onHandBase: 2 }],
    ['has expired', { expiresOn: plainDate('2026-11-23') }],
    ['is recalled', { status: 'recalled' as const }],
    ['is quarantined', { status: 'quarantined' as const }],
  ])('is not helped by one that %s', (_, over) => {
    expect(tasks([batch('A', -3), batch('B', 10, over)])).toMatchObject([{ shortBase: 3, suggestion: null }]);
  });
  test('at zero or above it is none', () => {
    expect(tasks([batch('A', 0), batch('B', 5)])).toEqual([]);
  });
});

/** Carries out moves one after the other, as the books do. */
function books(start: Readonly<Record<string, number>>) {
  const onHand = { ...start };
  const entries: LedgerEntry[] = [];
  let at = 0;
  const move = (
    batchId: string,
    qtyBase: number,
    document: { documentId: string; reason: string | null },
  ) => {
    at += 1;
    entries.push({ id: `m${at}`, batchId, qtyBase, at, ...document });
    onHand[batchId] = (onHand[batchId] ?? 0) + qtyBase;
  };
  const swap = (
    documentId: string,
    into: string,
    outOf: string,
    qtyBase: number,
    reason: string = swapReason,
  ) => {
    for (const m of swapMoves({ into, outOf, qtyBase })) move(m.batchId, m.qtyBase, { documentId, reason });
  };
  return {
    sell: (batchId: string, qtyBase: number) =>
      move(batchId, -qtyBase, { documentId: `s${at}`, reason: null }),
    receive: (batchId: string, qtyBase: number) =>
      move(batchId, qtyBase, { documentId: `r${at}`, reason: null }),
    swap,
    undo: (documentId: string, into: string, outOf: string, qtyBase: number) =>
      swap(documentId, outOf, into, qtyBase, swapUndoneReason),
    tasks: () =>
      tasks(
        Object.entries(onHand).map(([id, qty]) => batch(id, qty)),
        entries,
      ),
    onHand: () => ({ ...onHand }),
  };
}

describe('a swap', () => {
  test('ends the task', () => {
    const shop = books({ A: 2, B: 10 });
    shop.sell('A', 5);
    expect(shop.tasks()).toMatchObject([{ kind: 'oversold', shortBase: 3 }]);
    shop.swap('w1', 'A', 'B', 3);
    expect(shop.tasks()).toEqual([]);
    expect(shop.onHand()).toEqual({ A: 0, B: 7 });
  });
  test('made at both ends while apart stands twice, and the later one is shown as a surplus until it is taken back', () => {
    const shop = books({ A: 0, B: 10 });
    shop.sell('A', 3);
    shop.swap('w1', 'A', 'B', 3);
    shop.swap('w2', 'A', 'B', 3);
    expect(shop.onHand()).toEqual({ A: 3, B: 4 });
    expect(shop.tasks()).toEqual([
      {
        ...{
          kind: 'surplus',
          packId: 'pack',
          batchId: 'A',
          code: 'A',
          expiresOn: '2027-06-30',
          surplusBase: 3,
        },
        ...{ swapId: 'w2', from: { batchId: 'B', code: 'B', expiresOn: '2027-06-30' } },
      },
    ]);
    shop.undo('w2', 'A', 'B', 3);
    expect(shop.tasks()).toEqual([]);
    expect(shop.onHand()).toEqual({ A: 0, B: 7 });
  });
  test('taken back at both ends opens the task again', () => {
    const shop = books({ A: 0, B: 10 });
    shop.sell('A', 3);
    for (const id of ['w1', 'w2']) shop.swap(id, 'A', 'B', 3);
    for (const _ of [1, 2]) shop.undo('w2', 'A', 'B', 3);
    expect(shop.tasks()).toMatchObject([{ kind: 'oversold', batchId: 'A', shortBase: 3 }]);
  });
  test('made again for a later sale, or before goods came in, is no surplus', () => {
    const shop = books({ A: 0, B: 10 });
    shop.sell('A', 3);
    shop.swap('w1', 'A', 'B', 3);
    shop.sell('A', 2);
    shop.swap('w2', 'A', 'B', 2);
    shop.receive('A', 20);
    expect(shop.tasks()).toEqual([]);
  });
  test('is refused on books that have changed, or by a batch that has not enough', () => {
    const [short, other] = [batch('A', -3), batch('B', 10)];
    expect(swapRefusal({ short, other }, 3)).toBeNull();
    expect(swapRefusal({ short, other }, 2)).toEqual({ code: 'CHANGED', shortBase: 3 });
    expect(swapRefusal({ short: batch('A', 4), other }, 3)).toEqual({ code: 'CHANGED', shortBase: 0 });
    expect(swapRefusal({ short, other: batch('B', 2) }, 3)).toEqual({ code: 'NOT_ENOUGH', onHandBase: 2 });
    expect(swapRefusal({ short, other: short }, 3)).toEqual({ code: 'NOT_FOUND' });
    expect(swapRefusal({ short, other: null }, 3)).toEqual({ code: 'NOT_FOUND' });
  });
});

test('whoever settles whatever in whatever order: nothing is made or lost, and settling everything ends all tasks', () => {
  const act = fc.tuple(
    fc.constantFrom('sell', 'swapTwice', 'swap'),
    fc.constantFrom('A', 'B'),
    fc.integer({ min: 1, max: 9 }),
  );
  fc.assert(
    fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
      const shop = books({ A: 5, B: 5, C: 10_000 });
      let sold = 0;
      let swaps = 0;
      const settle = () => {
        const [task] = shop.tasks();
        if (!task) return false;
        if (task.kind === 'surplus')
          shop.undo(task.swapId, task.batchId, task.from?.batchId ?? '', task.surplusBase);
        else shop.swap(`w${++swaps}`, task.batchId, task.suggestion?.batchId ?? '', task.shortBase);
        return true;
      };
      for (const [what, batchId, qty] of acts) {
        if (what === 'sell') {
          shop.sell(batchId, qty);
          sold += qty;
        } else if (what === 'swap') settle();
        else {
          const task = shop.tasks().find(({ kind }) => kind === 'oversold');
          if (task?.kind === 'oversold' && task.suggestion)
            for (const _ of [1, 2])
              shop.swap(`w${++swaps}`, task.batchId, task.suggestion.batchId, task.shortBase);
        }
        const { A = 0, B = 0, C = 0 } = shop.onHand();
        expect(A + B + C).toBe(10_010 - sold);
      }
      for (let n = 0; settle(); n++) expect(n).toBeLessThan(60);
      expect(shop.tasks()).toEqual([]);
    }),
    { seed: 5, numRuns: 300 },
  );
});
