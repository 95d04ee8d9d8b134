import { expect, test } from 'vitest';
import { commandId, openShop, payCash, refusalOf, scanPack, signIn } from '../../../build/proof/open-shop.ts';
import { type PersonName, people } from '../../../build/proof/shop.ts';

const cash = (amountMinor: number) => ({ kind: 'cash' as const, amountMinor });
const card = (amountMinor: number) => ({ kind: 'card' as const, amountMinor, reference: '0042' });

test('paying writes the sale with its number, empties the cart and prints once', async () => {
  const shop = await openShop();
  const { cart } = await scanPack(shop, 'dolorane', 3);
  const sale = await shop.client.sales.pay({
    ...{ commandId: commandId(), totalMinor: cart.totalMinor },
    tenders: [cash(1000)],
  });
  expect(sale).toMatchObject({
    ...{ receiptNo: 'S01-T01A-000001', businessDate: '2026-11-24', cashierName: 'cashier', lineCount: 1 },
    ...{ totalMinor: 654, changeMinor: 346, cashRoundingMinor: 0, tenders: [cash(1000)], place: 'on-disk' },
  });
  const next = await scanPack(shop, 'syrup');
  expect(next.cart).toMatchObject({ lines: [{ qtyBase: 1 }] });
  expect((await payCash(shop, next.cart)).receiptNo).toBe('S01-T01A-000002');
  expect((await shop.client.sales.sales({})).map((s) => s.receiptNo)).toEqual([
    'S01-T01A-000002',
    'S01-T01A-000001',
  ]);
  expect(count(shop, 'print_job')).toBe(2);
  await shop.close();
});

test('fifty payments at once are one sale and one receipt, with one command or with fifty', async () => {
  const shop = await openShop({ shop: { policy: 'pharmacist-pin' } });
  const { cart } = await scanPack(shop, 'amoxicillin');
  const pharmacist = people.pharmacist;
  const pay = (id: string) =>
    shop.client.sales.pay({
      ...{ commandId: id, totalMinor: cart.totalMinor, tenders: [cash(cart.cashDueMinor)], pharmacist },
    });
  const once = commandId();
  const paid = await Promise.all(Array.from({ length: 50 }, () => pay(once)));
  expect(new Set(paid.map((sale) => sale.saleId)).size).toBe(1);
  expect(await pay(once)).toEqual(paid[0]);
  const more = await scanPack(shop, 'syrup');
  const others = await Promise.allSettled(Array.from({ length: 50 }, () => payCash(shop, more.cart)));
  expect(others.filter((o) => o.status === 'fulfilled')).toHaveLength(1);
  expect(others.flatMap((o) => (o.status === 'rejected' ? [o.reason.code] : []))).toEqual(
    Array.from({ length: 49 }, () => 'EMPTY_CART'),
  );
  expect([count(shop, 'sale'), count(shop, 'print_job')]).toEqual([2, 2]);
  await shop.close();
});

test('a payment repeated after a restart answers with the sale it made', async () => {
  const shop = await openShop();
  const { cart } = await scanPack(shop, 'syrup');
  const command = { commandId: commandId(), totalMinor: cart.totalMinor, tenders: [cash(499)] };
  const sale = await shop.client.sales.pay(command);
  await shop.close();
  const again = shop.reopen();
  await signIn(again, 'cashier');
  expect(await again.client.sales.pay(command)).toEqual(sale);
  expect(await again.client.sales.sales({})).toHaveLength(1);
  await again.close();
});

test('a total other than the one shown is refused and nothing is charged', async () => {
  const shop = await openShop();
  const { cart } = await scanPack(shop, 'syrup');
  await scanPack(shop, 'syrup');
  expect(await refusalOf(payCash(shop, cart))).toEqual({
    ...{ code: 'TOTAL_CHANGED', data: { totalMinor: 998 }, defined: true },
  });
  expect([count(shop, 'sale'), count(shop, 'done_command'), count(shop, 'counter')]).toEqual([0, 0, 0]);
  await shop.close();
});

test.each([
  ['too little cash', [cash(498)], { code: 'UNDERPAID', data: { leftMinor: 1 } }],
  ['nothing at all', [], { code: 'UNDERPAID', data: { leftMinor: 499 } }],
  ['too little by card', [card(400)], { code: 'UNDERPAID', data: { leftMinor: 99 } }],
  ['more by card than is due', [card(500)], { code: 'OVERPAID', data: { overMinor: 1 } }],
  ['more by card with cash beside it', [card(500), cash(100)], { code: 'OVERPAID', data: { overMinor: 1 } }],
])('%s is refused', async (_, tenders, refusal) => {
  const shop = await openShop();
  const { cart } = await scanPack(shop, 'syrup');
  const { totalMinor } = cart;
  const call = shop.client.sales.pay({ commandId: commandId(), totalMinor, tenders });
  expect(await refusalOf(call)).toEqual({ ...refusal, defined: true });
  expect((await payCash(shop, cart)).receiptNo).toBe('S01-T01A-000001');
  await shop.close();
});

test('what is paid in cash is rounded to the step, change comes out of cash alone', async () => {
  const shop = await openShop({ shop: { cashStepMinor: 5 } });
  const pay = async (tenders: Parameters<typeof shop.client.sales.pay>[0]['tenders']) => {
    const { cart } = await scanPack(shop, 'dolorane');
    return { cart, sale: await shop.client.sales.pay({ commandId: commandId(), totalMinor: 218, tenders }) };
  };
  const all = await pay([cash(500)]);
  expect(all.cart.cashDueMinor).toBe(220);
  expect(all.sale).toMatchObject({ cashRoundingMinor: 2, changeMinor: 280 });
  expect((await pay([card(218)])).sale).toMatchObject({ cashRoundingMinor: 0, changeMinor: 0 });
  expect((await pay([card(101), cash(200)])).sale).toMatchObject({ cashRoundingMinor: -2, changeMinor: 85 });
  const [day] = await shop.client.sales.dayTotals({});
  expect(day).toMatchObject({ sales: 3, totalMinor: 654, taxMinor: 12, netMinor: 642, cashRoundingMinor: 0 });
  expect(day?.tenders).toEqual([
    { kind: 'card', amountMinor: 319 },
    { kind: 'cash', amountMinor: 335 },
  ]);
  await shop.close();
});

test('an empty cart is not paid for', async () => {
  const shop = await openShop();
  const call = shop.client.sales.pay({ commandId: commandId(), totalMinor: 0, tenders: [] });
  expect(await refusalOf(call)).toMatchObject({ code: 'EMPTY_CART', defined: true });
  await shop.close();
});

test.each<
  [
    'refuse' | 'pharmacist-pin',
    'ibuprofen' | 'amoxicillin' | 'morphine',
    PersonName,
    PersonName | null,
    string | null,
  ]
>([
  ['refuse', 'ibuprofen', 'cashier', null, 'PHARMACIST_REQUIRED'],
  ['refuse', 'ibuprofen', 'cashier', 'pharmacist', null],
  ['refuse', 'ibuprofen', 'cashier', 'manager', 'PHARMACIST_REQUIRED'],
  ['refuse', 'ibuprofen', 'pharmacist', null, null],
  ['refuse', 'amoxicillin', 'cashier', 'pharmacist', 'PRESCRIPTION_REQUIRED'],
  ['refuse', 'amoxicillin', 'pharmacist', null, 'PRESCRIPTION_REQUIRED'],
  ['pharmacist-pin', 'amoxicillin', 'cashier', null, 'PHARMACIST_REQUIRED'],
  ['pharmacist-pin', 'amoxicillin', 'cashier', 'pharmacist', null],
  ['pharmacist-pin', 'amoxicillin', 'cashier', 'manager', 'PHARMACIST_REQUIRED'],
  ['pharmacist-pin', 'amoxicillin', 'pharmacist', null, null],
  ['pharmacist-pin', 'morphine', 'pharmacist', 'pharmacist', 'PRESCRIPTION_REQUIRED'],
])(
  'where the policy is %s, %s sold by a %s with the PIN of %s: %s',
  async (policy, pack, signedIn, pin, code) => {
    const shop = await openShop({ signedIn, shop: { policy } });
    const { cart, lineId } = await scanPack(shop, pack);
    const call = shop.client.sales.pay({
      ...{ commandId: commandId(), totalMinor: cart.totalMinor, tenders: [card(cart.totalMinor)] },
      ...(pin && { pharmacist: people[pin] }),
    });
    if (code === null) expect(await call).toMatchObject({ lineCount: 1 });
    else expect(await refusalOf(call)).toEqual({ code, data: { lineIds: [lineId] }, defined: true });
    const answered = pin === 'pharmacist' && code === null ? [people.pharmacist.personId] : [];
    expect(auditsOf(shop, 'sales.pharmacist-answered')).toEqual(answered);
    await shop.close();
  },
);

test('a wrong PIN in place sells nothing, and a PIN that was not needed is not written down', async () => {
  const shop = await openShop({ shop: { policy: 'pharmacist-pin' } });
  const { cart } = await scanPack(shop, 'amoxicillin');
  const pay = (totalMinor: number, pharmacist: { personId: string; pin: string }) =>
    shop.client.sales.pay({ commandId: commandId(), totalMinor, tenders: [card(totalMinor)], pharmacist });
  const wrong = { ...people.pharmacist, pin: '480216' };
  expect(await refusalOf(pay(cart.totalMinor, wrong))).toEqual({
    ...{ code: 'WRONG_PIN', data: { failures: 1 }, defined: true },
  });
  expect(await refusalOf(pay(cart.totalMinor, { personId: 'nobody', pin: '0000' }))).toMatchObject({
    ...{ code: 'NO_PIN', defined: true },
  });
  await shop.client.sales.clear({ commandId: commandId() });
  const plain = await scanPack(shop, 'syrup');
  await pay(plain.cart.totalMinor, people.pharmacist);
  expect(auditsOf(shop, 'sales.pharmacist-answered')).toEqual([]);
  await shop.close();
});

type Shop = Awaited<ReturnType<typeof openShop>>;
const count = ({ till }: Shop, table: 'sale' | 'print_job' | 'done_command' | 'counter'): number =>
  Number(till.enrolled().counter.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
const auditsOf = ({ till }: Shop, action: string) =>
  till.enrolled().counter.db.prepare('SELECT actor_id FROM audit_entry WHERE action = ?').pluck().all(action);
