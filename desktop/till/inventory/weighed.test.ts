import { expect, test } from 'vitest';
import { cheese } from '../../../build/proof/cheese.ts';
import { hearFromHq, openShop } from '../../../build/proof/open-shop.ts';
import { openingMs, storeId } from '../../../build/proof/shop.ts';

const packId = 'pack cheese';
const sold = (qtyBase: number) =>
  ({
    ...{ id: 'sold elsewhere', batchId: 'batch cheese', storeId, packId, qtyBase: -qtyBase, kind: 'sell' },
    ...{ documentId: 'a sale', documentLine: null, at: openingMs + 1, businessDate: '2026-11-24' },
    ...{ actorId: 'somebody', reason: null },
  }) as const;

test.each([true, false])(
  'of what is weighed (%s) its stock, its stores and what stands for it are told in grams',
  async (breakable) => {
    const shop = await openShop();
    hearFromHq(shop, cheese({ breakable }));
    const weighed = { weighed: breakable };
    expect(await shop.client.inventory.elsewhere({ packId })).toMatchObject({ ...weighed, onHandBase: 5000 });
    expect(await shop.client.catalog.substitutes({ packId })).toMatchObject(weighed);
    hearFromHq(shop, [{ t: 'stock_movement', op: 'insert', row: sold(5250) }]);
    expect(await shop.client.inventory.oversold()).toMatchObject([{ ...weighed, shortBase: 250 }]);
  },
);
