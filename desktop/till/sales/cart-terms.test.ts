import { expect, test } from 'vitest';
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
import { packId, people, storeId } from '../../../build/proof/shop.ts';

const percent = (ratePct3: number) => ({
  discount: { kind: 'percent' as const, ratePct3 },
  reason: 'damaged box',
});
const dbOf = (shop: OpenShop) => shop.till.enrolled().counter.db;
const notesOf = (shop: OpenShop) =>
  dbOf(shop)
    .prepare(
      `SELECT kind, amount_minor AS minor, reason, authorised_by AS by FROM discount_note ORDER BY kind`,
    )
    .all();

test('a cashier gives ten percent alone, and more with a PIN in place, both names written down', async () => {
  const shop = await openShop();
  const { lineId } = await scanPack(shop, 'dolorane', 5);
  const { setDiscount } = shop.client.sales;
  const ten = await setDiscount({ commandId: commandId(), lineId, given: percent(10_000) });
  expect(ten.cart).toMatchObject({ totalMinor: 981, discountMinor: 109 });
  expect(ten.cart.lines[0]?.discount).toMatchObject({ reason: 'damaged box' });
  const fifty = { lineId, given: percent(50_000) };
  expect(await refusalOf(setDiscount({ commandId: commandId(), ...fifty }))).toMatchObject({
    code: 'MISSING_RIGHT',
    data: { permission: 'sales.discount.over-limit' },
  });
  expect(
    await refusalOf(
      setDiscount({ commandId: commandId(), ...fifty, inPlace: { ...people.manager, pin: '000000' } }),
    ),
  ).toMatchObject({ code: 'WRONG_PIN' });
  const agreed = await setDiscount({ commandId: commandId(), ...fifty, inPlace: people.manager });
  expect(agreed.cart.totalMinor).toBe(545);
  await payCash(shop, agreed.cart);
  expect(notesOf(shop)).toEqual([
    { kind: 'line', minor: 545, reason: 'damaged box', by: people.manager.personId },
  ]);
  await shop.close();
});

test('an amount that was little for five packs is not given on one without a PIN', async () => {
  const shop = await openShop();
  const { lineId } = await scanPack(shop, 'dolorane', 5);
  const { setDiscount, setQuantity } = shop.client.sales;
  const given = { discount: { kind: 'amount' as const, minor: 100 }, reason: 'price elsewhere' };
  await setDiscount({ commandId: commandId(), lineId, given });
  const one = await setQuantity({ commandId: commandId(), lineId: lineId ?? '', quantity: { packs: 1 } });
  expect(one.cart.totalMinor).toBe(118);
  expect(await refusalOf(payCash(shop, one.cart))).toMatchObject({
    code: 'MISSING_RIGHT',
    data: { permission: 'sales.discount.over-limit' },
  });
  const agreed = await setDiscount({ commandId: commandId(), lineId, given, inPlace: people.manager });
  await payCash(shop, agreed.cart);
  expect(notesOf(shop)).toEqual([
    { kind: 'line', minor: 100, reason: 'price elsewhere', by: people.manager.personId },
  ]);
  await shop.close();
});

test.each([
  { who: 'cashier', agreed: people.manager, by: people.manager.personId },
  { who: 'manager', agreed: undefined, by: people.manager.personId },
] as const)('who may give more agrees to it at payment: a $who sells', async ({ who, agreed, by }) => {
  const shop = await openShop({ signedIn: who });
  const { lineId } = await scanPack(shop, 'dolorane', 5);
  const { sales } = shop.client;
  const given = { discount: { kind: 'amount' as const, minor: 100 }, reason: 'price elsewhere' };
  await sales.setDiscount({ commandId: commandId(), lineId, given });
  await sales.setDiscount({ commandId: commandId(), lineId: null, given: percent(5_000) });
  const one = await sales.setQuantity({
    commandId: commandId(),
    lineId: lineId ?? '',
    quantity: { packs: 1 },
  });
  const { totalMinor, cashDueMinor } = one.cart;
  const tenders = [{ kind: 'cash' as const, amountMinor: cashDueMinor }];
  const pay = { commandId: commandId(), totalMinor, tenders };
  if (agreed)
    expect(await refusalOf(sales.pay({ ...pay, agreed: people.cashier }))).toMatchObject({
      code: 'MISSING_RIGHT',
    });
  await sales.pay({ ...pay, ...(agreed && { agreed }) });
  expect(notesOf(shop)).toMatchObject([
    { kind: 'cart', by: null },
    { kind: 'line', minor: 100, by },
  ]);
  await shop.close();
});

test('a discount of the whole sale is spread over its lines, taken back by undo, and gone with the sale', async () => {
  const shop = await openShop();
  await scanPack(shop, 'dolorane', 2);
  await scanPack(shop, 'syrup');
  const { setDiscount, undo } = shop.client.sales;
  const given = { discount: { kind: 'amount' as const, minor: 50 }, reason: 'regular customer' };
  const less = await setDiscount({ commandId: commandId(), lineId: null, given });
  expect(less.cart.discount).toMatchObject({ minor: 50, reason: 'regular customer' });
  const undone = await undo({ commandId: commandId() });
  expect(undone.cart.discount).toBeNull();
  const again = await setDiscount({ commandId: commandId(), lineId: null, given });
  expect(again.cart.totalMinor).toBe(undone.cart.totalMinor - 50);
  await payCash(shop, again.cart);
  const next = await scanPack(shop, 'syrup');
  expect(next.cart.discount).toBeNull();
  expect(notesOf(shop)).toEqual([{ kind: 'cart', minor: 50, reason: 'regular customer', by: null }]);
  await shop.close();
});

test('an offer of HQ holds by itself, a coupon’s once its code is taken', async () => {
  const shop = await openShop();
  const terms = {
    validFrom: '2026-11-01',
    validTo: '2026-12-31',
    fromMinute: null,
    toMinute: null,
    active: true,
  };
  hearFromHq(shop, [
    {
      ...{ t: 'offer', op: 'set', id: 'offer-1' },
      cols: {
        ...{ storeId: null, name: '3 for 2', ...terms, couponCode: null },
        rule: { kind: 'bundle', packIds: [packId('dolorane')], take: 3, pay: 2 },
      },
    },
    {
      ...{ t: 'offer', op: 'set', id: 'offer-2' },
      cols: {
        ...{ storeId, name: 'Spring', ...terms, couponCode: 'SPRING' },
        rule: { kind: 'percent', packIds: [packId('syrup')], ratePct3: 50_000 },
      },
    },
  ]);
  const three = await scanPack(shop, 'dolorane', 3);
  expect(three.cart.lines[0]).toMatchObject({ amountMinor: 436, offer: { name: '3 for 2', minor: 218 } });
  const before = (await scanPack(shop, 'syrup')).cart;
  const { setCoupon } = shop.client.sales;
  expect(await refusalOf(setCoupon({ commandId: commandId(), code: 'winter', taken: true }))).toMatchObject({
    code: 'UNKNOWN_COUPON',
  });
  const after = (await setCoupon({ commandId: commandId(), code: ' spring', taken: true })).cart;
  expect(after.coupons).toEqual(['SPRING']);
  expect(after.totalMinor).toBeLessThan(before.totalMinor);
  await payCash(shop, after);
  expect(notesOf(shop)).toMatchObject([
    { kind: 'offer', reason: '3 for 2' },
    { kind: 'offer', reason: 'Spring' },
  ]);
  await shop.close();
});

test('who has an account with a list pays its prices, and who is exempt pays them less the tax', async () => {
  const shop = await openShop();
  await signIn(shop, 'manager');
  const customer = { name: 'Nora Keller', phone: '', email: '', address: '', note: '', consent: false };
  const { customerId } = await shop.client.sales.customers.create({ commandId: commandId(), customer });
  hearFromHq(shop, [
    { t: 'price_list', op: 'set', id: 'list-1', cols: { name: 'Staff', ratePct3: 10_000, active: true } },
    {
      ...{ t: 'list_price', op: 'set', id: 'lp-1' },
      cols: { listId: 'list-1', packId: packId('dolorane'), priceMinor: 200, validFrom: '2026-01-01' },
    },
    {
      ...{ t: 'account', op: 'set', id: 'account-1' },
      cols: {
        ...{ storeId, customerId, limitMinor: 0, priceListId: 'list-1', taxExemption: 'EX-9', active: true },
      },
    },
  ]);
  const usual = (await scanPack(shop, 'dolorane')).cart;
  const { cart } = await shop.client.sales.setCustomer({ commandId: commandId(), customerId });
  expect(usual.totalMinor).toBe(218);
  // 2.00 on the list contains 0.04 of tax at 2.1 %.
  expect(cart).toMatchObject({ totalMinor: 196, customer: { name: 'Nora Keller' }, taxExemption: 'EX-9' });
  await payCash(shop, cart);
  expect(
    dbOf(shop)
      .prepare(`SELECT customer_id AS who, tax_exemption AS exempt, tax_minor AS tax FROM sale`)
      .get(),
  ).toEqual({ who: customerId, exempt: 'EX-9', tax: 0 });
  await shop.close();
});
