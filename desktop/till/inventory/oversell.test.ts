import { expect, test } from 'vitest';
import { swapReason } from '#shared/inventory/oversell.ts';
import { swapMoves } from '#shared/inventory/swap.ts';
import { commandId, hearFromHq, type OpenShop, openShop, refusalOf } from '../../../build/proof/open-shop.ts';
import { batchOf, openingMs, packId, storeId } from '../../../build/proof/shop.ts';

const pack = packId('dolorane');
const [d1, d2] = [batchOf('dolorane', 'D1'), batchOf('dolorane', 'D2')];

let n = 0;
/** What other counters and HQ did to a batch meanwhile, as the feed brings it. */
function moved(
  shop: OpenShop,
  batchId: string,
  qtyBase: number,
  {
    documentId = 'a sale',
    documentLine = null as number | null,
    reason = null as string | null,
    at = openingMs + 1_000,
  } = {},
): void {
  const made = { documentId, documentLine, at, businessDate: '2026-11-24', actorId: 'somebody' };
  const row = {
    id: `moved-${++n}`,
    storeId,
    batchId,
    packId: pack,
    kind: reason ? 'adjust' : 'sell',
    qtyBase,
  };
  hearFromHq(shop, [{ t: 'stock_movement', op: 'insert', row: { ...row, ...made, reason } }]);
}
/** The last box of D1 was sold twice: both receipts stand, 16 tablets are missing. */
async function soldTwice(signedIn: 'manager' | 'cashier' = 'manager'): Promise<OpenShop> {
  const shop = await openShop({ signedIn });
  moved(shop, d1, -48);
  return shop;
}
const swap = { packId: pack, batchId: d1, withBatchId: d2, shortBase: 16 };
const onHand = async (shop: OpenShop) => {
  const batches = await shop.client.inventory.batches({ packId: pack });
  return Object.fromEntries(batches.map(({ code, onHandBase }) => [code, onHandBase]));
};

test('a batch sold twice is a task that names the batch probably handed over', async () => {
  const shop = await openShop({ signedIn: 'cashier' });
  expect(await shop.client.inventory.oversold()).toEqual([]);
  moved(shop, d1, -48);
  expect(await shop.client.inventory.oversold()).toEqual([
    {
      ...{ kind: 'oversold', packId: pack, name: expect.stringContaining('Dolorane 500 mg'), packSize: 16 },
      ...{ batchId: d1, code: 'D1', expiresOn: '2027-01-31', shortBase: 16, weighed: false },
      suggestion: { batchId: d2, code: 'D2', expiresOn: '2027-06-30', onHandBase: 80 },
    },
  ]);
});

test('a swap settles it: two movements of one document, an audit entry, one changeset', async () => {
  const shop = await soldTwice();
  const id = commandId();
  await shop.client.inventory.swapBatch({ commandId: id, ...swap });
  await shop.client.inventory.swapBatch({ commandId: id, ...swap });
  expect(await shop.client.inventory.oversold()).toEqual([]);
  expect(await onHand(shop)).toMatchObject({ D1: 0, D2: 64 });
  const { db } = shop.till.enrolled().counter;
  expect(
    db
      .prepare(
        `SELECT batch_id, qty_base, kind, reason FROM stock_movement WHERE document_id = ? ORDER BY qty_base`,
      )
      .all(id),
  ).toEqual([
    { batch_id: d2, qty_base: -16, kind: 'adjust', reason: 'batch-swap' },
    { batch_id: d1, qty_base: 16, kind: 'adjust', reason: 'batch-swap' },
  ]);
  expect(db.prepare(`SELECT action, subject_id FROM audit_entry`).all()).toEqual([
    { action: 'inventory.batch-swapped', subject_id: d1 },
  ]);
  expect(db.prepare(`SELECT type FROM journal ORDER BY dseq DESC LIMIT 1`).pluck().get()).toBe(
    'stock-adjustment',
  );
});

test('who may not adjust stock sees the task and cannot settle it', async () => {
  const shop = await soldTwice('cashier');
  expect(await shop.client.inventory.oversold()).toHaveLength(1);
  expect(await refusalOf(shop.client.inventory.swapBatch({ commandId: commandId(), ...swap }))).toMatchObject(
    {
      ...{ code: 'MISSING_RIGHT', data: { permission: 'inventory.adjust' }, defined: true },
    },
  );
});

test('on books that changed meanwhile nothing is moved', async () => {
  const shop = await soldTwice();
  const tried = (over: Partial<typeof swap>) =>
    refusalOf(shop.client.inventory.swapBatch({ commandId: commandId(), ...swap, ...over }));
  expect(await tried({ shortBase: 8 })).toMatchObject({
    code: 'CHANGED',
    data: { shortBase: 16 },
    defined: true,
  });
  moved(shop, d2, -72);
  expect(await tried({})).toMatchObject({ code: 'NOT_ENOUGH', data: { onHandBase: 8 }, defined: true });
  expect(await tried({ withBatchId: batchOf('gauze', 'G') })).toMatchObject({ code: 'NOT_FOUND' });
  expect(await shop.client.inventory.oversold()).toMatchObject([{ suggestion: null }]);
});

test('settled here and at HQ while apart: both stand, the surplus is shown, and taken back once', async () => {
  const shop = await soldTwice();
  await shop.client.inventory.swapBatch({ commandId: commandId(), ...swap });
  for (const { batchId, qtyBase } of swapMoves({ into: d1, outOf: d2, qtyBase: 16 }))
    moved(shop, batchId, qtyBase, { documentId: 'swap at HQ', documentLine: 1, reason: swapReason });
  expect(await onHand(shop)).toMatchObject({ D1: 16, D2: 48 });
  const [task] = await shop.client.inventory.oversold();
  expect(task).toMatchObject({
    kind: 'surplus',
    code: 'D1',
    surplusBase: 16,
    swapId: 'swap at HQ',
    from: { code: 'D2' },
  });
  const back = { commandId: commandId(), packId: pack, swapId: 'swap at HQ' };
  await shop.client.inventory.undoSwap(back);
  await shop.client.inventory.undoSwap(back);
  expect(await onHand(shop)).toMatchObject({ D1: 0, D2: 64 });
  expect(await shop.client.inventory.oversold()).toEqual([]);
  expect(await refusalOf(shop.client.inventory.undoSwap({ ...back, commandId: commandId() }))).toMatchObject({
    code: 'NOT_FOUND',
  });
});
