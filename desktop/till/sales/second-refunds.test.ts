import { expect, test } from 'vitest';
import { idOfName } from '#shared/kernel/ids.ts';
import { settlingName } from '#shared/sales/second-refund.ts';
import {
  commandId,
  hearFromHq,
  type OpenShop,
  openShop,
  payCash,
  refusalOf,
  scanPack,
  signIn,
} from '../../../build/proof/open-shop.ts';
import { openingMs, storeId } from '../../../build/proof/shop.ts';
import { sha256 } from '../store/crypto.ts';

/** A syrup that came back here and, while the line was down, at the other counter. */
async function refundedTwice() {
  const shop = await openShop();
  const { cart } = await scanPack(shop, 'syrup');
  const { saleId, receiptNo } = await payCash(shop, cart);
  const [line] = (await shop.client.sales.returns.sale({ saleId })).lines;
  const saleLineId = line?.saleLineId ?? '';
  await shop.client.sales.returns.make({
    ...{ commandId: commandId(), saleId, kind: 'return', totalMinor: 499, reason: 'changed-mind' },
    lines: [{ saleLineId, qtyBase: 1, place: 'shelf' }],
  });
  expect(await shop.client.sales.secondRefunds.list()).toEqual([]);
  elsewhere(shop, { saleId, saleLineId, n: 1 });
  return { shop, saleId, saleLineId, receiptNo };
}
function elsewhere(
  shop: OpenShop,
  { saleId, saleLineId, n }: { saleId: string; saleLineId: string; n: number },
) {
  const made = {
    ...{ id: `r${n}`, storeId, tillId: 't2', returnNo: `S01-T02AR-00000${n}`, returnSeries: 'S01-T02AR' },
    ...{ returnN: n, at: openingMs + n, businessDate: '2026-11-24', cashierId: 'x', shiftId: null },
    ...{ kind: 'return', saleId, saleReceiptNo: null, customerId: null, authorisedBy: null, reason: 'other' },
    ...{ currency: 'EUR', taxMode: 'inclusive', lineCount: 1, taxMinor: 0, totalMinor: 499 },
    cashRoundingMinor: 0,
  };
  const line = {
    ...{ id: `l${n}`, returnId: `r${n}`, storeId, lineNo: 1, saleLineId, packId: 'p', batchId: null },
    ...{ name: 'x', qtyBase: 1, packSize: 1, baseUnit: 'bottle', amountMinor: 499, taxMinor: 0 },
    ...{ taxClassId: 't', taxPct3: [2100], place: 'shelf' },
  };
  hearFromHq(shop, [
    { t: 'sale_return', op: 'insert', row: made },
    { t: 'sale_return_line', op: 'insert', row: line },
  ]);
}

test('a second refund is a task of the store: what, who, when; a manager’s note settles it, once', async () => {
  const { shop, saleId, saleLineId, receiptNo } = await refundedTwice();
  const { secondRefunds } = shop.client.sales;
  const [task, ...more] = await secondRefunds.list();
  expect(more).toEqual([]);
  expect(task).toMatchObject({
    ...{ saleId, receiptNo, overBase: 1, lines: [{ saleLineId, soldBase: 1, overBase: 1 }] },
    returns: [{ totalMinor: 499, cashierName: expect.any(String) }, { returnNo: 'S01-T02AR-000001' }],
  });
  const settle = { commandId: commandId(), saleId, overBase: 1, note: 'The customer brought one back.' };
  expect(await refusalOf(secondRefunds.settle(settle))).toMatchObject({ code: 'MISSING_RIGHT' });
  await signIn(shop, 'manager');
  expect(await refusalOf(secondRefunds.settle({ ...settle, overBase: 2 }))).toMatchObject({
    ...{ code: 'CHANGED', data: { overBase: 1 }, defined: true },
  });
  await secondRefunds.settle(settle);
  await secondRefunds.settle(settle);
  expect(await secondRefunds.list()).toEqual([]);
  const { db } = shop.till.enrolled().counter;
  expect(
    db.prepare(`SELECT reason, subject_id AS saleId FROM audit_entry WHERE action LIKE '%second%'`).all(),
  ).toEqual([{ reason: 'The customer brought one back.', saleId }]);
  expect(await refusalOf(secondRefunds.settle({ ...settle, commandId: commandId() }))).toMatchObject({
    code: 'NOT_FOUND',
  });
  elsewhere(shop, { saleId, saleLineId, n: 2 });
  expect(await secondRefunds.list()).toMatchObject([{ overBase: 2 }]);
  await shop.close();
});

test('settled at HQ it is gone here', async () => {
  const { shop, saleId } = await refundedTwice();
  const row = {
    ...{ id: idOfName(sha256, settlingName(saleId, 1, 'hq')), storeId, tillId: null, at: openingMs },
    ...{ businessDate: '2026-11-24', actorId: 'ida', action: 'sales.second-refund-settled' },
    ...{ subjectId: saleId, reason: 'asked', details: { overBase: 1 } },
  };
  hearFromHq(shop, [{ t: 'audit_entry', op: 'insert', row }]);
  expect(await shop.client.sales.secondRefunds.list()).toEqual([]);
  await shop.close();
});
