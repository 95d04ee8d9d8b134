import { expect, test } from 'vitest';
import {
  cartOf,
  commandId,
  hearFromHq,
  type OpenShop,
  openShop,
  payCash,
  refusalOf,
  scanPack,
  signIn,
} from '../../../build/proof/open-shop.ts';
import { packId, storeId } from '../../../build/proof/shop.ts';

const heldOf = async ({ client }: Pick<OpenShop, 'client'>) => {
  for await (const held of await client.sales.held()) return held;
  throw new Error('what is held always shows itself');
};

test('a sale is held with a name, survives the till, and is taken up again as it was', async () => {
  const shop = await openShop();
  const { cart } = await scanPack(shop, 'dolorane', 2);
  const id = commandId();
  const held = await shop.client.sales.hold({ commandId: id, name: 'Blue coat' });
  expect(held.cart).toMatchObject({ lines: [], totalMinor: 0, canUndo: false });
  expect((await shop.client.sales.hold({ commandId: id, name: 'Blue coat' })).cart.lines).toEqual([]);
  await shop.close();
  const again = shop.reopen();
  await signIn(again, 'manager');
  const waiting = await heldOf(again);
  expect(waiting).toMatchObject([{ name: 'Blue coat', lineCount: 1, totalMinor: cart.totalMinor }]);
  const heldId = waiting[0]?.heldId ?? '';
  const back = await again.client.sales.recall({ commandId: commandId(), heldId });
  expect(back).toMatchObject({ changes: [], cart: { totalMinor: cart.totalMinor, takenUpTwice: null } });
  expect(await heldOf(again)).toEqual([]);
  expect(await refusalOf(again.client.sales.recall({ commandId: commandId(), heldId }))).toMatchObject({
    code: 'SALE_IN_PROGRESS',
  });
  await payCash(again, back.cart);
  expect(await refusalOf(again.client.sales.recall({ commandId: commandId(), heldId }))).toMatchObject({
    code: 'ALREADY_RECALLED',
  });
  await again.close();
});

test('what is no longer as it was is said: price, stock, a recall, an article without a price', async () => {
  const shop = await openShop();
  await scanPack(shop, 'dolorane', 3);
  await scanPack(shop, 'syrup');
  await shop.client.sales.hold({ commandId: commandId(), name: '' });
  hearFromHq(shop, [
    {
      ...{ t: 'price', op: 'set', id: 'dearer' },
      cols: { packId: packId('dolorane'), storeId, priceMinor: 300, validFrom: '2026-01-01' },
    },
    { t: 'pack', op: 'delete', id: packId('syrup') },
  ]);
  const [held] = await heldOf(shop);
  const once = { commandId: commandId(), heldId: held?.heldId ?? '' };
  const back = await shop.client.sales.recall(once);
  expect(await shop.client.sales.recall(once)).toEqual(back);
  expect(back.changes).toMatchObject([
    { kind: 'price', name: 'Dolorane 500 mg', wasMinor: 218, isMinor: 300 },
    { kind: 'left-out' },
  ]);
  expect(back.cart).toMatchObject({ totalMinor: 900, lines: [{ packPriceMinor: 300 }] });
  await shop.close();
});

test('two tills that were apart take up one held sale: the sale in progress says so once they meet', async () => {
  const shop = await openShop();
  await scanPack(shop, 'dolorane');
  await shop.client.sales.hold({ commandId: commandId(), name: 'Umbrella' });
  const [held] = await heldOf(shop);
  const heldId = held?.heldId ?? '';
  await shop.client.sales.recall({ commandId: commandId(), heldId });
  expect((await cartOf(shop)).takenUpTwice).toBeNull();
  const { nowMs } = shop.clock;
  hearFromHq(shop, [
    { t: 'till', op: 'set', id: 'till-9', cols: { storeId, code: 'T09', name: 'Back' } },
    {
      ...{ t: 'held_end', op: 'insert' },
      row: {
        ...{ id: 'end-9', storeId, tillId: 'till-9', heldId, kind: 'recalled', at: nowMs() - 1_000 },
        ...{ businessDate: '2026-11-24', actorId: 'somebody' },
      },
    },
  ]);
  expect((await cartOf(shop)).takenUpTwice).toMatchObject({ tillName: 'Back' });
  await shop.close();
});

test('a held sale is given up once; nothing is held of an empty sale', async () => {
  const shop = await openShop();
  expect(await refusalOf(shop.client.sales.hold({ commandId: commandId(), name: '' }))).toMatchObject({
    code: 'EMPTY_CART',
  });
  await scanPack(shop, 'dolorane');
  await shop.client.sales.hold({ commandId: commandId(), name: '' });
  const [held] = await heldOf(shop);
  const heldId = held?.heldId ?? '';
  await shop.client.sales.discardHeld({ commandId: commandId(), heldId });
  await shop.client.sales.discardHeld({ commandId: commandId(), heldId });
  expect(await heldOf(shop)).toEqual([]);
  const { db } = shop.till.enrolled().counter;
  expect(db.prepare(`SELECT count(*) AS n FROM held_end`).get()).toEqual({ n: 1 });
  await shop.close();
});
