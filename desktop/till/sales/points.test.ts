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
} from '../../../build/proof/open-shop.ts';
import { storeId } from '../../../build/proof/shop.ts';

const nora = { name: 'Nora Keller', phone: '', email: '', address: '', note: '', consent: false };
/** A point for every 0.50 spent, worth 0.10. */
const terms = { enabled: true, perMinor: 50, valueMinor: 10 };

/** A shop that gives points, a customer, and a syrup of 4.99 in the cart. */
async function pointsShop() {
  const shop = await openShop();
  const cols = { storeId, key: 'sales.loyalty', value: terms };
  hearFromHq(shop, [{ t: 'setting', op: 'set', id: 'loyalty', cols }]);
  const made = await shop.client.sales.customers.create({ commandId: commandId(), customer: nora });
  return { ...shop, customerId: made.customerId };
}
type PointsShop = Awaited<ReturnType<typeof pointsShop>>;

async function syrupFor({ customerId, ...shop }: PointsShop, packs = 1) {
  await scanPack(shop, 'syrup', packs);
  return (await shop.client.sales.setCustomer({ commandId: commandId(), customerId })).cart;
}
const redeem = async ({ client }: OpenShop, points: number) =>
  (await client.sales.redeemPoints({ commandId: commandId(), points })).cart;
const balance = async ({ client, customerId }: PointsShop) =>
  (await client.sales.account({ customerId })).points;
const rows = ({ till }: OpenShop, sql: string) => till.enrolled().counter.db.prepare(sql).all();

/** What another till of the store did while it was apart. */
const elsewhere = (shop: PointsShop, kind: 'earn' | 'redeem', points: number) =>
  hearFromHq(shop, [
    {
      ...{ t: 'loyalty_entry', op: 'insert' },
      row: {
        ...{ id: `elsewhere ${kind} ${points}`, storeId, tillId: 'other', customerId: shop.customerId },
        ...{ kind, points, documentId: 'doc', at: 1, businessDate: '2026-11-23', actorId: 'hq' },
      },
    },
  ]);

test('without the setting or a customer nobody collects points', async () => {
  const shop = await openShop();
  const { cart } = await scanPack(shop, 'syrup');
  expect(cart.points).toBeNull();
  expect(await refusalOf(redeem(shop, 1))).toMatchObject({ code: 'POINTS_BALANCE', data: { balance: 0 } });
  await payCash(shop, cart);
  expect(rows(shop, `SELECT * FROM loyalty_entry`)).toEqual([]);
  await shop.close();
});

test('a sale earns, the next one uses beside a discount, the total on screen is what is booked', async () => {
  const shop = await pointsShop();
  await payCash(shop, await syrupFor(shop, 2));
  expect(await balance(shop)).toBe(19);
  const shown = await syrupFor(shop);
  expect(shown.points).toEqual({ balance: 19, worthMinor: 190, used: 0, usedMinor: 0 });
  expect(await refusalOf(redeem(shop, 20))).toMatchObject({ code: 'POINTS_BALANCE' });
  await shop.client.sales.setDiscount({
    ...{ commandId: commandId(), lineId: null },
    given: { discount: { kind: 'percent', ratePct3: 10_000 }, reason: 'Staff' },
  });
  const cart = await redeem(shop, 19);
  expect(cart).toMatchObject({ totalMinor: 499 - 50 - 190, discountMinor: 240, discount: { minor: 50 } });
  expect(cart.points).toEqual({ balance: 19, worthMinor: 190, used: 19, usedMinor: 190 });
  const sale = await payCash(shop, cart);
  expect(sale).toMatchObject({ totalMinor: 259 });
  expect(
    rows(shop, `SELECT kind, points FROM loyalty_entry WHERE document_id = '${sale.saleId}' ORDER BY kind`),
  ).toEqual([
    { kind: 'earn', points: 5 },
    { kind: 'redeem', points: -19 },
  ]);
  expect(
    rows(
      shop,
      `SELECT kind, amount_minor AS minor FROM discount_note WHERE sale_id = '${sale.saleId}' ORDER BY kind`,
    ),
  ).toEqual([
    { kind: 'cart', minor: 50 },
    { kind: 'loyalty', minor: 190 },
  ]);
  expect(await balance(shop)).toBe(5);
  expect((await cartOf(shop)).points).toBeNull();
  await shop.close();
});

test('a return takes back what was earned and gives back what was used, by its share; in all exactly all', async () => {
  const shop = await pointsShop();
  elsewhere(shop, 'earn', 7);
  await syrupFor(shop, 3);
  const sale = await payCash(shop, await redeem(shop, 7));
  expect(await balance(shop)).toBe(28);
  const { lines } = await shop.client.sales.returns.sale({ saleId: sale.saleId });
  const saleLineId = lines[0]?.saleLineId ?? '';
  const back = async () => {
    const wish = { saleId: sale.saleId, lines: [{ saleLineId, qtyBase: 1, place: 'shelf' as const }] };
    const { totalMinor } = await shop.client.sales.returns.quote(wish);
    const command = { commandId: commandId(), kind: 'return' as const, reason: 'changed-mind' as const };
    await shop.client.sales.returns.make({ ...command, ...wish, totalMinor });
    return balance(shop);
  };
  expect([await back(), await back(), await back()]).toEqual([21, 14, 7]);
  await shop.close();
});

test('points that pay for all of it come back by count where there is no money to go by', async () => {
  const shop = await pointsShop();
  elsewhere(shop, 'earn', 500);
  const cols = { storeId, key: 'sales.loyalty', value: { ...terms, valueMinor: 1 } };
  hearFromHq(shop, [{ t: 'setting', op: 'set', id: 'loyalty', cols }]);
  elsewhere(shop, 'earn', 499);
  await syrupFor(shop, 2);
  const cart = await redeem(shop, 999);
  expect(cart).toMatchObject({ totalMinor: 0, points: { used: 998 } });
  const { saleId } = await payCash(shop, cart);
  expect(await balance(shop)).toBe(1);
  const { lines } = await shop.client.sales.returns.sale({ saleId });
  const wish = {
    saleId,
    lines: [{ saleLineId: lines[0]?.saleLineId ?? '', qtyBase: 1, place: 'shelf' as const }],
  };
  const command = {
    commandId: commandId(),
    kind: 'return' as const,
    reason: 'changed-mind' as const,
    totalMinor: 0,
  };
  await shop.client.sales.returns.make({ ...command, ...wish });
  expect(await balance(shop)).toBe(500);
  await shop.close();
});

test('two tills that used the same points while apart both stand; the balance shown is below nought', async () => {
  const shop = await pointsShop();
  elsewhere(shop, 'earn', 10);
  await syrupFor(shop);
  const cart = await redeem(shop, 10);
  expect(cart.totalMinor).toBe(399);
  await payCash(shop, cart);
  elsewhere(shop, 'redeem', -10);
  expect((await syrupFor(shop)).points).toMatchObject({ balance: -3, worthMinor: 0, used: 0 });
  await shop.close();
});

test('points used elsewhere before payment change the total, which is then refused; another customer has none of them', async () => {
  const shop = await pointsShop();
  elsewhere(shop, 'earn', 10);
  await syrupFor(shop);
  const cart = await redeem(shop, 10);
  elsewhere(shop, 'redeem', -8);
  expect(await refusalOf(payCash(shop, cart))).toMatchObject({
    code: 'TOTAL_CHANGED',
    data: { totalMinor: 479 },
  });
  const nobody = await shop.client.sales.setCustomer({ commandId: commandId(), customerId: null });
  expect(nobody.cart).toMatchObject({ totalMinor: 499, points: null });
  expect((await syrupFor(shop, 1)).points?.used).toBe(0);
  await shop.close();
});
