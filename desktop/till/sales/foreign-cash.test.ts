import { expect, test } from 'vitest';
import { commandId, hearFromHq, openShop, refusalOf, scanPack } from '../../../build/proof/open-shop.ts';
import { storeId } from '../../../build/proof/shop.ts';

test('cash in another currency is worth what the store’s rate says; change is in the store’s own', async () => {
  const shop = await openShop();
  const { sales } = shop.client;
  const { cart } = await scanPack(shop, 'syrup');
  const pay = (foreignMinor: number, amountMinor: number, currency = 'USD') =>
    sales.pay({
      ...{ commandId: commandId(), totalMinor: cart.totalMinor },
      tenders: [{ kind: 'cash', amountMinor, foreign: { currency, foreignMinor } }],
    });
  expect(await refusalOf(pay(1000, 920))).toMatchObject({ code: 'FOREIGN_RATE', data: { currency: 'USD' } });
  const value = [{ currency: 'USD', ratePpm: 920_000 }];
  hearFromHq(shop, [
    { t: 'setting', op: 'set', id: 'rates', cols: { storeId, key: 'sales.foreign-cash', value } },
  ]);
  expect(await sales.foreignCash()).toEqual(value);
  expect(await refusalOf(pay(1000, 930))).toMatchObject({ code: 'FOREIGN_RATE' });
  expect(await refusalOf(pay(1000, 920, 'CHF'))).toMatchObject({ code: 'FOREIGN_RATE' });
  const sale = await pay(1000, 920);
  expect(sale).toMatchObject({ changeMinor: 421, tenders: [{ kind: 'cash', amountMinor: 920 }] });
  const { db } = shop.till.enrolled().counter;
  expect(
    db
      .prepare(
        `SELECT f.currency, f.foreign_minor AS foreignMinor, f.rate_ppm AS ratePpm, f.amount_minor AS amountMinor,
           f.change_minor AS changeMinor, t.sale_id = f.sale_id AS ofSale
         FROM foreign_cash f JOIN tender t ON t.id = f.tender_id`,
      )
      .all(),
  ).toEqual([
    { currency: 'USD', foreignMinor: 1000, ratePpm: 920_000, amountMinor: 920, changeMinor: 421, ofSale: 1 },
  ]);
  await shop.close();
});
