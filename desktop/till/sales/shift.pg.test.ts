import { afterAll, beforeAll, expect, test } from 'vitest';
import { openShop, type Shop } from '../../../build/sync/shop.ts';
import { closeRow } from './shift-close.ts';
import { createShiftFacts } from './shift-facts.ts';
import { ensureShift } from './shift-open.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.stop());

test('a shift and its Z-report are at HQ as the till wrote them, and nothing about them is flagged', async () => {
  const storeId = await shop.store();
  const till = shop.till();
  await till.join(storeId);
  const counter = till.counter();
  const today = counter.today();
  const by = { actor: 'cashier', subjectId: null };
  counter.transact('open', () => {
    const { changes } = ensureShift(counter, 'cashier', today);
    counter.replica.record({ type: 'shift', ...by, changes });
  });
  const shift = counter.shifts.open();
  if (!shift) throw new Error('a shift just opened is open');
  counter.transact('close', () => {
    const row = closeRow(counter, {
      ...{ shift, figures: createShiftFacts(counter).figures(shift), closerId: 'cashier', today },
      count: { denominations: [{ minor: 5000, count: 2 }], otherCashMinor: 0, others: [] },
      ...{ varianceMinor: 10_000, reason: 'Found', leftMinor: 0, grandTotalMinor: 0 },
    });
    const changes = [{ t: 'shift_close', op: 'insert' as const, row }];
    counter.replica.record({ type: 'shift-close', ...by, changes });
  });
  await till.settled();
  const { rows } = await shop.hq.pool.query(
    `SELECT z_n, counted, denominations, variance_minor::int AS variance FROM shift_close WHERE store_id = $1`,
    [storeId],
  );
  expect(rows).toEqual([
    {
      ...{ counted: [{ kind: 'cash', amountMinor: 10_000 }], denominations: [{ minor: 5000, count: 2 }] },
      ...{ z_n: expect.anything(), variance: 10_000 },
    },
  ]);
  expect(await shop.flags(storeId)).toEqual([]);
  expect(counter.shifts.open()).toBeNull();
});
