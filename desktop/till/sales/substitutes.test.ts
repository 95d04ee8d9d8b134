import { expect, test } from 'vitest';
import {
  cartOf,
  commandId,
  hearFromHq,
  type OpenShop,
  openShop,
  refusalOf,
  scanPack,
} from '../../../build/proof/open-shop.ts';
import { packId } from '../../../build/proof/shop.ts';
import { alikeInShop, alikePackId } from '../../../build/proof/shop-alike.ts';

async function openPharmacy(): Promise<OpenShop> {
  const shop = await openShop();
  hearFromHq(shop, alikeInShop());
  return shop;
}

test('what stands for a pack is what the store can hand over of the same make, best first', async () => {
  const { client } = await openPharmacy();
  const { rows, ...asked } = await client.catalog.substitutes({ packId: alikePackId('asked'), wantBase: 32 });
  expect(asked).toEqual({ name: 'Parazol', packSize: 16, weighed: false, wantBase: 32, amountMinor: 500 });
  expect(
    rows.map((row) => [row.name, row.packSize, row.qtyBase, row.onHandBase, row.differenceMinor]),
  ).toEqual([
    ['Parazol', 8, 32, 400, 100],
    ['Cetamil', 16, 32, 160, -100],
    ['Doliprime', 16, 32, 0, -20],
  ]);
  expect(await refusalOf(client.catalog.substitutes({ packId: 'none' }))).toMatchObject({
    code: 'NOT_FOUND',
  });
});

test('a substitute takes the line’s place in one step; refused, the sale is as it was', async () => {
  const shop = await openPharmacy();
  const { client } = shop;
  const { cart } = await scanPack(shop, 'dolorane', 2);
  const lineId = cart.lastLineId ?? '';
  const swap = (name: Parameters<typeof alikePackId>[0]) =>
    client.sales.swapPack({
      commandId: commandId(),
      lineId,
      packId: alikePackId(name),
      quantity: { packs: 2 },
    });
  expect(await refusalOf(swap('none'))).toMatchObject({ code: 'NONE_ON_HAND' });
  expect((await cartOf(shop)).lines.map((l) => l.packId)).toEqual([packId('dolorane')]);
  expect((await swap('other')).cart.lines.map((l) => [l.name, l.qtyBase])).toEqual([['Cetamil', 32]]);
  const { cart: back } = await client.sales.undo({ commandId: commandId() });
  expect(back.lines.map((l) => l.packId)).toEqual([packId('dolorane')]);
});
