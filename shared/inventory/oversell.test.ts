import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainDate } from '#shared/kernel/calendar.ts';
import type { FefoBatch } from './fefo.ts';
import { oversellTasks, type SwapEntry, swapNumber, swapReason, swapUndoneReason } from './oversell.ts';
import { decideSwap, decideSwapBack, swapFacts, swapMoves } from './swap.ts';

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
const tasks = (batches: readonly FefoBatch[], swaps: readonly SwapEntry[] = []) =>
  oversellTasks({ packId: 'pack', batches, swaps }, day);

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

/** Carries out moves one after the other, as the books do; the clocks of those who make them run as they like. */
function books(start: Readonly<Record<string, number>>, clock: () => number = () => 0) {
  const onHand = { ...start };
  const swaps: SwapEntry[] = [];
  const move = (batchId: string, qtyBase: number) => {
    onHand[batchId] = (onHand[batchId] ?? 0) + qtyBase;
  };
  type Swap = { into: string; outOf: string; qtyBase: number; reason?: string; number?: number | null };
  const swap = (documentId: string, { reason = swapReason, number, ...moves }: Swap) => {
    const documentLine = number === undefined ? swapNumber(swaps, moves.into) : number;
    const at = clock();
    for (const m of swapMoves(moves)) {
      swaps.push({ id: `m${swaps.length}`, ...m, at, documentId, documentLine, reason });
      move(m.batchId, m.qtyBase);
    }
  };
  return {
    sell: (batchId: string, qtyBase: number) => move(batchId, -qtyBase),
    receive: move,
    swap: (id: string, into: string, outOf: string, qtyBase: number) => swap(id, { into, outOf, qtyBase }),
    /** By people who do not hear of each other. */
    swapApart: (ids: readonly string[], into: string, outOf: string, qtyBase: number) => {
      const number = swapNumber(swaps, into);
      for (const id of ids) swap(id, { into, outOf, qtyBase, number });
    },
    undo: (id: string, into: string, outOf: string, qtyBase: number) =>
      swap(id, { into: outOf, outOf: into, qtyBase, reason: swapUndoneReason, number: null }),
    tasks: () =>
      tasks(
        Object.entries(onHand).map(([id, qty]) => batch(id, qty)),
        swaps,
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
    shop.swapApart(['w1', 'w2'], 'A', 'B', 3);
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
    shop.swapApart(['w1', 'w2'], 'A', 'B', 3);
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
  test('made apart is no surplus once the batch was sold down to nothing again', () => {
    const shop = books({ A: 0, B: 10 });
    shop.sell('A', 3);
    shop.swapApart(['w1', 'w2'], 'A', 'B', 3);
    shop.sell('A', 2);
    expect(shop.tasks()).toMatchObject([{ kind: 'surplus', surplusBase: 1 }]);
    shop.sell('A', 1);
    expect(shop.tasks()).toEqual([]);
  });
  test('of the same number long after, by who has no older history, is no surplus', () => {
    let now = 0;
    const shop = books({ A: 0, B: 10 }, () => now);
    shop.sell('A', 3);
    shop.swap('w1', 'A', 'B', 3);
    now = 36 * 86_400_000;
    const late = { id: 'm9', documentId: 'w2', documentLine: 1, reason: swapReason, at: now };
    const early = { id: 'm1', documentId: 'w1', documentLine: 1, reason: swapReason, at: 0 };
    const swaps = [early, late].map((e) => ({ ...e, batchId: 'A', qtyBase: 3 }));
    expect(tasks([batch('A', 20), batch('B', 4)], swaps)).toEqual([]);
    expect(
      tasks(
        [batch('A', 20), batch('B', 4)],
        swaps.map((e) => ({ ...e, at: 0 })),
      ),
    ).toHaveLength(1);
  });
  test('is refused on books that have changed, or by a batch that has not enough', () => {
    const decided = (a: number, b: number, wish: { shortBase?: number; withBatchId?: string } = {}) =>
      decideSwap(
        { packId: 'pack', batches: [batch('A', a), batch('B', b)], swaps: [] },
        { commandId: 'c', batchId: 'A', withBatchId: 'B', shortBase: 3, ...wish },
      );
    expect(decided(-3, 10)).toMatchObject({ ok: true, value: { into: 'A', outOf: 'B', qtyBase: 3 } });
    expect(decided(-3, 10, { shortBase: 2 })).toMatchObject({ error: { code: 'CHANGED', shortBase: 3 } });
    expect(decided(4, 10)).toMatchObject({ error: { code: 'CHANGED', shortBase: 0 } });
    expect(decided(-3, 2)).toMatchObject({ error: { code: 'NOT_ENOUGH', onHandBase: 2 } });
    expect(decided(-3, 10, { withBatchId: 'A' })).toMatchObject({ error: { code: 'NOT_FOUND' } });
    expect(decided(-3, 10, { withBatchId: 'Z' })).toMatchObject({ error: { code: 'NOT_FOUND' } });
  });
  test('is two movements of one document, and an entry for the audit', () => {
    const swap = decideSwap(
      { packId: 'pack', batches: [batch('A', -3), batch('B', 10)], swaps: [] },
      { commandId: 'c', batchId: 'A', withBatchId: 'B', shortBase: 3 },
    );
    if (!swap.ok) throw new Error(swap.error.code);
    let n = 0;
    const made = { storeId: 's', tillId: null, actorId: 'ida', at: 1, businessDate: '2026-11-24' };
    const { movements, audit } = swapFacts(swap.value, { ...made, auditId: 'c', nextId: () => `m${++n}` });
    expect(
      movements.map(({ id, batchId, qtyBase, documentId }) => [id, batchId, qtyBase, documentId]),
    ).toEqual([
      ['m1', 'A', 3, 'c'],
      ['m2', 'B', -3, 'c'],
    ]);
    expect(audit).toMatchObject({
      id: 'c',
      subjectId: 'A',
      tillId: null,
      details: { outOf: 'B', qtyBase: 3 },
    });
  });
  test('nothing is taken back that was not swapped once too often', () => {
    const ledger = { packId: 'pack', batches: [batch('A', 0), batch('B', 7)], swaps: [] };
    expect(decideSwapBack(ledger, 'c')).toEqual({ ok: false, error: { code: 'NOT_FOUND' } });
  });
});

test('whoever settles whatever in whatever order: nothing is made or lost, and settling everything ends all tasks', () => {
  const act = fc.tuple(
    fc.constantFrom('sell', 'swapTwice', 'swap'),
    fc.constantFrom('A', 'B'),
    fc.integer({ min: 1, max: 9 }),
  );
  fc.assert(
    fc.property(fc.array(act, { maxLength: 12 }), fc.infiniteStream(fc.nat(1_000)), (acts, clocks) => {
      const shop = books({ A: 5, B: 5, C: 10_000 }, () => Number(clocks.next().value));
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
            shop.swapApart(
              [`w${++swaps}`, `w${++swaps}`],
              task.batchId,
              task.suggestion.batchId,
              task.shortBase,
            );
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
