import { expect, test } from 'vitest';
import {
  commandId,
  hearFromHq,
  type OpenShop,
  openShop,
  refusalOf,
  scanPack,
} from '../../../build/proof/open-shop.ts';
import { people, storeId } from '../../../build/proof/shop.ts';

const nora = { name: 'Nora Keller', phone: '', email: '', address: '', note: '', consent: false };
const pay = (
  { client }: OpenShop,
  totalMinor: number,
  tender: { kind: 'account' | 'voucher'; reference?: string },
  agreed?: { personId: string; pin: string },
) =>
  client.sales.pay({
    ...{ commandId: commandId(), totalMinor, tenders: [{ ...tender, amountMinor: totalMinor }] },
    ...(agreed && { agreed }),
  });

test('a customer is charged up to the limit; beyond it a manager agrees in place; what is paid in is taken off', async () => {
  const shop = await openShop();
  const { sales } = shop.client;
  const { customerId } = await sales.customers.create({ commandId: commandId(), customer: nora });
  const set = { customerId, limitMinor: 400, taxExemption: '' };
  expect(await refusalOf(sales.setAccount({ commandId: commandId(), ...set }))).toMatchObject({
    code: 'MISSING_RIGHT',
  });
  await sales.setAccount({ commandId: commandId(), ...set, inPlace: people.manager });
  await scanPack(shop, 'dolorane');
  expect(await refusalOf(pay(shop, 218, { kind: 'account' }))).toMatchObject({
    code: 'ACCOUNT_NEEDS_CUSTOMER',
  });
  await sales.setCustomer({ commandId: commandId(), customerId });
  await pay(shop, 218, { kind: 'account' });
  await scanPack(shop, 'dolorane');
  await sales.setCustomer({ commandId: commandId(), customerId });
  expect(await refusalOf(pay(shop, 218, { kind: 'account' }))).toMatchObject({
    code: 'ACCOUNT_LIMIT',
    data: { limitMinor: 400, balanceMinor: 218 },
  });
  expect(
    await refusalOf(pay(shop, 218, { kind: 'account' }, { ...people.manager, pin: '000000' })),
  ).toMatchObject({
    code: 'WRONG_PIN',
  });
  await pay(shop, 218, { kind: 'account' }, people.manager);
  const once = {
    commandId: commandId(),
    customerId,
    amountMinor: 300,
    tenderKind: 'cash' as const,
    reason: '',
  };
  await sales.payAccount(once);
  expect(await sales.payAccount(once)).toMatchObject({ balanceMinor: 136, limitMinor: 400 });
  const { db } = shop.till.enrolled().counter;
  expect(
    db.prepare(`SELECT actor_id AS who FROM audit_entry WHERE action = 'sales.over-limit-agreed'`).all(),
  ).toEqual([{ who: people.manager.personId }]);
  await shop.close();
});

test('a customer entered twice becomes one, found once, with what both owe', async () => {
  const shop = await openShop({ signedIn: 'manager' });
  const { sales } = shop.client;
  const { customers } = sales;
  const make = async (name: string) =>
    (
      await customers.create({
        commandId: commandId(),
        customer: { ...nora, name, phone: '0611223344' },
        anyway: true,
      })
    ).customerId;
  const [twice, right] = [await make('N. Keller'), await make('Nora Keller')];
  const owes = { amountMinor: 100, tenderKind: 'cash' as const, reason: '' };
  await sales.payAccount({ commandId: commandId(), customerId: twice, ...owes });
  await sales.payAccount({ commandId: commandId(), customerId: right, ...owes });
  expect((await customers.alike({ customerId: right })).hits).toMatchObject([{ name: 'N. Keller' }]);
  await customers.merge({ commandId: commandId(), customerId: twice, intoId: right });
  expect((await customers.find({ text: 'Keller' })).hits).toMatchObject([{ customerId: right }]);
  expect(await sales.account({ customerId: right })).toMatchObject({ balanceMinor: -200 });
  expect(
    await refusalOf(customers.merge({ commandId: commandId(), customerId: right, intoId: twice })),
  ).toMatchObject({ code: 'SAME' });
  await shop.close();
});

test('a voucher pays what is left of it; one that is not known here only out of the quota', async () => {
  const shop = await openShop();
  const { tillId } = shop.till.enrolled().counter;
  hearFromHq(shop, [
    {
      ...{ t: 'voucher_entry', op: 'insert' },
      row: {
        ...{ id: 'v-1', storeId, tillId, code: 'GIFT-1', kind: 'issue', amountMinor: 300, expiresOn: null },
        ...{ documentId: 'doc', at: 1, businessDate: '2026-11-23', actorId: 'hq' },
      },
    },
  ]);
  await scanPack(shop, 'dolorane');
  await pay(shop, 218, { kind: 'voucher', reference: 'gift-1 ' });
  expect(await shop.client.sales.voucher({ code: 'GIFT-1' })).toEqual({
    ...{ code: 'GIFT-1', known: true, balanceMinor: 82 },
  });
  await scanPack(shop, 'dolorane');
  expect(await refusalOf(pay(shop, 218, { kind: 'voucher', reference: 'GIFT-1' }))).toMatchObject({
    code: 'VOUCHER_BALANCE',
    data: { balanceMinor: 82 },
  });
  expect(await refusalOf(pay(shop, 218, { kind: 'voucher', reference: 'OTHER' }))).toMatchObject({
    code: 'VOUCHER_UNKNOWN',
    data: { leftOfQuotaMinor: 0 },
  });
  expect(await refusalOf(pay(shop, 218, { kind: 'voucher' }))).toMatchObject({ code: 'VOUCHER_NEEDS_CODE' });
  hearFromHq(shop, [
    { t: 'setting', op: 'set', id: 'quota', cols: { storeId, key: 'sales.voucher-quota', value: 300 } },
  ]);
  await pay(shop, 218, { kind: 'voucher', reference: 'OTHER' });
  await scanPack(shop, 'dolorane');
  expect(await refusalOf(pay(shop, 218, { kind: 'voucher', reference: 'THIRD' }))).toMatchObject({
    code: 'VOUCHER_UNKNOWN',
    data: { leftOfQuotaMinor: 82 },
  });
  await shop.close();
});
