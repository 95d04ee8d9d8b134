import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Change } from '#shared/replica/changeset.ts';
import { storeScope } from '#shared/tables/scope.ts';
import { createIntake } from '../intake/push.ts';
import { type TestDevice, testId } from '../intake/test-device.ts';
import { startTestHq, type TestHq } from '../intake/test-hq.ts';
import { listOversold } from './oversell.ts';
import { swapBatch, undoSwap } from './swap.ts';

const nowMs = Date.UTC(2026, 10, 24, 9);
const by = { actor: 'ida', nowMs };

let hq: TestHq;
let storeId: string;
let tills: readonly [TestDevice, TestDevice];
beforeAll(async () => {
  hq = await startTestHq();
  [storeId] = hq.stores;
  tills = [await hq.device(storeId), await hq.device(storeId)];
});
afterAll(() => hq.stop());

const batch = (id: string, packId: string, expiresOn: string): Change => ({
  t: 'batch',
  op: 'set',
  id,
  cols: {
    ...{ storeId, packId, code: id.slice(-4), expiresOn, receivedAt: 1 },
    ...{ costMinor: 0, costQtyBase: 1, packPriceMinor: null },
  },
});
const movement = (batchId: string, packId: string, qtyBase: number): Change => ({
  t: 'stock_movement',
  op: 'insert',
  row: {
    ...{ id: testId(), storeId, batchId, packId, kind: qtyBase > 0 ? 'receive' : 'sell', qtyBase },
    ...{ documentId: 'd', documentLine: null, at: nowMs - 5_000, businessDate: '2026-11-24' },
    ...{ actorId: 'cashier', reason: null },
  },
});
async function push(device: TestDevice, changes: readonly Change[]): Promise<void> {
  const changesets = [device.make(changes)];
  const taken = await createIntake(hq.pool).takeBatch(device, {
    changesets,
    waiting: 0,
    oldestAt: null,
    version: '1',
  });
  expect(taken).toMatchObject({ ok: true, value: { verdicts: [{ verdict: 'accepted' }] } });
}

/** Two tills of one store, cut off from each other, each sell the 5 of batch A. B has 40. */
async function soldTwice(): Promise<{ packId: string; a: string; b: string }> {
  const [packId, a, b] = [testId(), testId(), testId()];
  await hq.write([
    batch(a, packId, '2027-01-31'),
    batch(b, packId, '2027-06-30'),
    movement(a, packId, 5),
    movement(b, packId, 40),
  ]);
  for (const till of tills) await push(till, [movement(a, packId, -5)]);
  return { packId, a, b };
}
const tasksOf = async (packId: string) =>
  (await listOversold(hq.pool, nowMs)).filter(({ task }) => task.packId === packId);
const onHand = async (packId: string) =>
  Object.fromEntries(
    (
      await hq.pool.query<{ id: string; qty: number }>(
        'SELECT batch_id AS id, qty_base AS qty FROM on_hand WHERE pack_id = $1',
        [packId],
      )
    ).rows.map(({ id, qty }) => [id, qty]),
  );

test('both sales stand, and HQ sees a task with the batch probably handed over', async () => {
  const { packId, a, b } = await soldTwice();
  expect(await onHand(packId)).toEqual({ [a]: -5, [b]: 40 });
  expect(await tasksOf(packId)).toMatchObject([
    {
      ...{ storeId, storeName: 'Store 1', at: nowMs - 5_000 },
      task: { kind: 'oversold', batchId: a, shortBase: 5, suggestion: { batchId: b, onHandBase: 40 } },
    },
  ]);
});

test('a swap at HQ settles it once, goes to the tills through the log, and is audited', async () => {
  const { packId, a, b } = await soldTwice();
  const command = { commandId: randomUUID(), storeId, packId, batchId: a, withBatchId: b, shortBase: 5 };
  const results = await Promise.all([1, 2, 3].map(() => swapBatch(hq.pool, command, by)));
  expect(results.map(({ ok }) => ok)).toEqual([true, true, true]);
  expect(await onHand(packId)).toEqual({ [a]: 0, [b]: 35 });
  expect(await tasksOf(packId)).toEqual([]);
  const { rows: audit } = await hq.pool.query(
    'SELECT actor_id, action, subject_id FROM audit_entry WHERE id = $1',
    [command.commandId],
  );
  expect(audit).toEqual([{ actor_id: 'ida', action: 'inventory.batch-swapped', subject_id: a }]);
  const { rows: logged } = await hq.pool.query(
    `SELECT type FROM change_log WHERE scope = $1 ORDER BY seq DESC LIMIT 1`,
    [storeScope(storeId)],
  );
  expect(logged).toEqual([{ type: 'stock-adjustment' }]);
});

test('two people at HQ at once: one swaps, the other is told that it has changed', async () => {
  const { packId, a, b } = await soldTwice();
  const command = { storeId, packId, batchId: a, withBatchId: b, shortBase: 5 };
  const results = await Promise.all(
    [1, 2].map(() => swapBatch(hq.pool, { ...command, commandId: randomUUID() }, by)),
  );
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  expect(results).toContainEqual({ ok: false, error: { code: 'CHANGED', shortBase: 0 } });
  const elsewhere = { ...command, storeId: hq.stores[1], commandId: randomUUID() };
  expect(await swapBatch(hq.pool, elsewhere, by)).toEqual({ ok: false, error: { code: 'NOT_FOUND' } });
});

test('swapped at HQ and at a till while apart: both stand, the later is a surplus, and can be taken back', async () => {
  const { packId, a, b } = await soldTwice();
  const swap = { commandId: randomUUID(), storeId, packId, batchId: a, withBatchId: b, shortBase: 5 };
  await swapBatch(hq.pool, swap, by);
  const moved = (batchId: string, qtyBase: number): Change => {
    const change = movement(batchId, packId, qtyBase);
    if (change.op !== 'insert') return change;
    const said = {
      kind: 'adjust',
      documentId: 'at the till',
      documentLine: 1,
      reason: 'batch-swap',
      at: nowMs + 60_000,
    };
    return { ...change, row: { ...change.row, ...said } };
  };
  await push(tills[0], [moved(a, 5), moved(b, -5)]);
  expect(await onHand(packId)).toEqual({ [a]: 5, [b]: 30 });
  expect(await tasksOf(packId)).toMatchObject([
    { task: { kind: 'surplus', surplusBase: 5, swapId: 'at the till', from: { batchId: b } } },
  ]);
  const back = { commandId: randomUUID(), storeId, packId, swapId: 'at the till' };
  for (const _ of [1, 2]) expect(await undoSwap(hq.pool, back, by)).toEqual({ ok: true, value: null });
  expect(await onHand(packId)).toEqual({ [a]: 0, [b]: 35 });
  expect(await tasksOf(packId)).toEqual([]);
  expect(await undoSwap(hq.pool, { ...back, commandId: randomUUID() }, by)).toEqual({
    ok: false,
    error: { code: 'NOT_FOUND' },
  });
});
