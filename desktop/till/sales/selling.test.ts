import { expect, test } from 'vitest';
import {
  cartOf,
  commandId,
  hearFromHq,
  openShop,
  payCash,
  refusalOf,
  scan,
  scanPack,
  signIn,
} from '../../../build/proof/open-shop.ts';
import { batchOf, dataMatrix, ean, packId } from '../../../build/proof/shop.ts';

const batchesOf = (
  line: { batches: readonly { code: string; qtyBase: number; why: string }[] } | undefined,
) => line?.batches.map(({ code, qtyBase, why }) => [code, qtyBase, why]);

test('a bar code puts a pack in the cart with the batch that expires first, its price and tax', async () => {
  const shop = await openShop();
  const { cart, lineId } = await scanPack(shop, 'dolorane');
  expect(cart.lines).toMatchObject([
    { lineId, name: 'Dolorane 500 mg', qtyBase: 16, packPriceMinor: 218, amountMinor: 218, taxPct3: [2100] },
  ]);
  expect(batchesOf(cart.lines[0])).toEqual([['D1', 16, 'fefo']]);
  expect(cart.lines[0]?.batches[0]?.daysLeft).toBe(68);
  expect(cart).toMatchObject({ totalMinor: 218, cashDueMinor: 218, packs: 1, blockers: [], canUndo: true });
  expect(cart.taxes).toEqual([{ taxPct3: [2100], baseMinor: 214, taxMinor: 4 }]);
  await shop.close();
});

test('a data matrix takes the batch in the hand; more than one batch holds is split over batches', async () => {
  const shop = await openShop();
  await scan(shop, dataMatrix('dolorane', 'D2', '2027-06-30'));
  const { cart } = await scanPack(shop, 'dolorane', 4);
  expect(batchesOf(cart.lines[0])).toEqual([
    ['D2', 16 + 32, 'scanned'],
    ['D1', 32, 'fefo'],
  ]);
  expect(cart.lines).toHaveLength(1);
  await shop.close();
});

test('loose units of a pack that may be broken; those of another are refused', async () => {
  const shop = await openShop();
  const { client } = shop;
  const added = await client.sales.add({
    commandId: commandId(),
    packId: packId('dolorane'),
    quantity: { base: 21 },
  });
  expect(added.cart).toMatchObject({ totalMinor: 218 + 68, packs: 2 });
  const whole = { commandId: commandId(), packId: packId('drops') };
  expect(await refusalOf(client.sales.add({ ...whole, quantity: { base: 5 } }))).toMatchObject({
    code: 'NOT_BREAKABLE',
    defined: true,
    data: { packId: packId('drops'), name: 'Oculane 10 ml' },
  });
  const { cart } = await client.sales.add({ ...whole, quantity: { base: 20 } });
  expect(cart.lines.map((l) => l.qtyBase)).toEqual([21, 20]);
  await shop.close();
});

test('quantity set, lines removed, all cleared, and each taken back', async () => {
  const shop = await openShop();
  const { client } = shop;
  const first = await scanPack(shop, 'dolorane');
  const second = await scanPack(shop, 'syrup');
  const lineId = second.lineId ?? '';
  const five = await client.sales.setQuantity({ commandId: commandId(), lineId, quantity: { packs: 5 } });
  expect(five.cart.lines.map((l) => l.qtyBase)).toEqual([16, 5]);
  const removed = await client.sales.removeLine({ commandId: commandId(), lineId });
  expect(removed).toMatchObject({ lineId: first.lineId, cart: { lines: [{ lineId: first.lineId }] } });
  const undone = await client.sales.undo({ commandId: commandId() });
  expect(undone.cart.lines.map((l) => l.qtyBase)).toEqual([16, 5]);
  const cleared = await client.sales.clear({ commandId: commandId() });
  expect(cleared.cart).toMatchObject({ lines: [], totalMinor: 0, cashDueMinor: 0 });
  const back = await client.sales.undo({ commandId: commandId() });
  expect(back.cart.lines).toEqual(undone.cart.lines);
  for (let i = 0; i < 10; i++) await client.sales.undo({ commandId: commandId() });
  expect(await cartOf(shop)).toMatchObject({ lines: [], canUndo: false });
  await shop.close();
});

test('a command repeated after a lost answer is carried out once, also after other commands and after the sale', async () => {
  const shop = await openShop();
  const once = { commandId: commandId(), code: ean('syrup'), packs: 2 };
  await shop.client.sales.scan(once);
  await scanPack(shop, 'dolorane');
  const again = await shop.client.sales.scan(once);
  expect(again.cart.lines.map((l) => l.qtyBase)).toEqual([2, 16]);
  await payCash(shop, again.cart);
  expect((await shop.client.sales.scan(once)).cart.lines).toEqual([]);
  await shop.close();
});

test('codes that cannot be read, are unknown or have no price change nothing', async () => {
  const shop = await openShop();
  const never = dataMatrix('dolorane', 'D1', '2027-13-31');
  expect(await refusalOf(scan(shop, never))).toMatchObject({ code: 'BAD_CODE', defined: true });
  expect(await refusalOf(scan(shop, '3400930000014'))).toMatchObject({ code: 'UNKNOWN_CODE', defined: true });
  expect(await refusalOf(scan(shop, ''))).toMatchObject({ code: 'BAD_CODE', defined: true });
  expect(await refusalOf(scanPack(shop, 'unpriced'))).toMatchObject({ code: 'NO_PRICE', defined: true });
  for (const packs of [0, -1])
    expect(await refusalOf(scanPack(shop, 'syrup', packs))).toMatchObject({
      code: 'BAD_QUANTITY',
      data: { reason: 'zero' },
      defined: true,
    });
  for (const packs of [1_000_001, Number.MAX_SAFE_INTEGER])
    expect(await refusalOf(scanPack(shop, 'dolorane', packs))).toMatchObject({
      code: 'BAD_QUANTITY',
      data: { reason: 'too-many' },
      defined: true,
    });
  expect(await cartOf(shop)).toMatchObject({ revision: 0, lines: [] });
  await shop.close();
});

test('what the books do not have is refused, and sold by the box in the hand', async () => {
  const shop = await openShop();
  expect(await refusalOf(scanPack(shop, 'gauze'))).toMatchObject({
    code: 'NONE_ON_HAND',
    data: { wantBase: 10, onHandBase: 0 },
    defined: true,
  });
  const box = {
    packId: packId('gauze'),
    quantity: { packs: 2 },
    batchCode: ' gz 1',
    expiresOn: '2029-12-31',
  };
  const { cart } = await shop.client.sales.addUnlisted({ commandId: commandId(), ...box });
  expect(batchesOf(cart.lines[0])).toEqual([['GZ1', 20, 'not-on-books']]);
  await payCash(shop, cart);
  const batches = await shop.client.inventory.batches({ packId: packId('gauze') });
  expect(batches).toMatchObject([
    { batchId: batchOf('gauze', 'GZ1'), code: 'GZ1', expiresOn: '2029-12-31', onHandBase: -20 },
  ]);
  const again = await shop.client.sales.addUnlisted({ commandId: commandId(), ...box, batchCode: 'GZ1' });
  expect(batchesOf(again.cart.lines[0])).toEqual([['GZ1', 20, 'scanned']]);
  await shop.close();
});

test('a box more than the books hold is sold when it is scanned, whatever was taken before it', async () => {
  const shop = await openShop();
  await scanPack(shop, 'drops', 10);
  expect((await refusalOf(scanPack(shop, 'drops'))).code).toBe('NONE_ON_HAND');
  const { cart } = await scan(shop, dataMatrix('drops', 'O1', '2026-11-24'));
  expect(cart.blockers).toEqual([]);
  expect(batchesOf(cart.lines[0])).toEqual([['O1', 110, 'scanned']]);
  await payCash(shop, cart);
  expect(await shop.client.inventory.batches({ packId: packId('drops') })).toMatchObject([
    { onHandBase: -10 },
  ]);
  await shop.close();
});

test('what another till sold meanwhile is shown as short, stops payment, and never stops undo', async () => {
  const shop = await openShop();
  await scanPack(shop, 'drops', 8);
  await shop.client.sales.clear({ commandId: commandId() });
  hearFromHq(shop, [soldElsewhere('drops', 'O1', 50)]);
  const { cart } = await shop.client.sales.undo({ commandId: commandId() });
  expect(cart.blockers).toEqual([{ lineId: cart.lines[0]?.lineId, code: 'SHORT_STOCK' }]);
  expect(await refusalOf(payCash(shop, cart))).toMatchObject({
    code: 'NONE_ON_HAND',
    data: { wantBase: 80, onHandBase: 50 },
    defined: true,
  });
  const lineId = cart.lines[0]?.lineId ?? '';
  const less = await shop.client.sales.setQuantity({
    commandId: commandId(),
    lineId,
    quantity: { packs: 5 },
  });
  await payCash(shop, less.cart);
  await shop.close();
});

test('a cashier takes a batch out of turn only with the right to it', async () => {
  const shop = await openShop();
  const later = { packId: packId('dolorane'), quantity: { packs: 1 }, batchId: batchOf('dolorane', 'D2') };
  expect(await refusalOf(shop.client.sales.add({ commandId: commandId(), ...later }))).toMatchObject({
    code: 'MISSING_RIGHT',
    data: { permission: 'inventory.batch.choose' },
    defined: true,
  });
  const first = { ...later, batchId: batchOf('dolorane', 'D1') };
  expect((await shop.client.sales.add({ commandId: commandId(), ...first })).cart.lines).toHaveLength(1);
  await signIn(shop, 'pharmacist');
  const { cart } = await shop.client.sales.add({ commandId: commandId(), ...later });
  expect(batchesOf(cart.lines[0])).toEqual([
    ['D1', 16, 'scanned'],
    ['D2', 16, 'scanned'],
  ]);
  expect(
    await refusalOf(shop.client.sales.add({ commandId: commandId(), ...later, batchId: 'none' })),
  ).toMatchObject({
    code: 'NOT_FOUND',
    defined: true,
  });
  await shop.close();
});

test('nobody sells without signing in, and an auditor never', async () => {
  const shop = await openShop({ signedIn: null });
  expect(await refusalOf(scanPack(shop, 'syrup'))).toMatchObject({ code: 'NOT_SIGNED_IN', defined: true });
  await signIn(shop, 'auditor');
  expect(await refusalOf(scanPack(shop, 'syrup'))).toMatchObject({ code: 'MISSING_RIGHT', defined: true });
  await signIn(shop, 'cashier');
  await scanPack(shop, 'syrup');
  await shop.client.auth.signOut();
  expect(await refusalOf(shop.client.sales.clear({ commandId: commandId() }))).toMatchObject({
    code: 'NOT_SIGNED_IN',
  });
  expect((await cartOf(shop)).lines).toHaveLength(1);
  await shop.close();
});

function soldElsewhere(name: 'drops', code: string, qtyBase: number) {
  const row = {
    ...{
      id: `elsewhere-${code}`,
      storeId: 's',
      batchId: batchOf(name, code),
      packId: packId(name),
      kind: 'sell',
    },
    ...{ qtyBase: -qtyBase, documentId: 'other', documentLine: 1, at: 0, businessDate: '2026-11-24' },
    ...{ actorId: 'other', reason: null },
  };
  return { t: 'stock_movement', op: 'insert' as const, row };
}
