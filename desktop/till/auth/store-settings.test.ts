import { afterEach, expect, test } from 'vitest';
import {
  commandId,
  handClock,
  type OpenShop,
  openShop,
  refusalOf,
  signIn,
} from '../../../build/proof/open-shop.ts';

let shop: OpenShop;
afterEach(() => shop.close());

const change = (value: { currency: string; ratePpm: number }[], id = commandId()) =>
  shop.client.auth.storeSettings.change({ commandId: id, key: 'sales.foreign-cash', value });
const taken = async () => (await shop.client.auth.storeSettings.read())['sales.foreign-cash'];
const auditDetails = () =>
  shop.till
    .enrolled()
    .counter.db.prepare<[], string>(
      `SELECT details FROM audit_entry WHERE action = 'settings.changed' ORDER BY id`,
    )
    .pluck()
    .all()
    .map((text): unknown => JSON.parse(text));

test('a cashier reads what holds in the store and may not change it', async () => {
  shop = await openShop();
  expect(await shop.client.auth.storeSettings.read()).toMatchObject({ 'sales.discount-limit': 10_000 });
  expect(await refusalOf(change([]))).toMatchObject({
    ...{ code: 'MISSING_RIGHT', data: { permission: 'auth.settings.edit' } },
  });
  await shop.client.auth.signOut();
  expect(await refusalOf(shop.client.auth.storeSettings.read())).toMatchObject({ code: 'NOT_SIGNED_IN' });
});

test('a rate keeps its day until it is another; a command repeated changes nothing and is told once', async () => {
  const clock = handClock();
  shop = await openShop({ signedIn: 'manager', clock });
  const usd = { currency: 'USD', ratePpm: 920_000 };
  const id = commandId();
  await change([usd], id);
  await change([usd], id);
  const [first] = await taken();
  expect(first).toMatchObject({ ...usd, since: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) });
  clock.pass(3 * 86_400_000);
  await signIn(shop, 'manager');
  await change([{ currency: 'GBP', ratePpm: 1_150_000 }, usd]);
  const [gbp, same] = await taken();
  expect(same).toEqual(first);
  expect(gbp?.since).not.toBe(first?.since);
  expect(auditDetails()).toEqual([
    { setting: 'sales.foreign-cash', 'USD.ratePpm': '– → 920000', 'USD.since': `– → ${first?.since}` },
    { setting: 'sales.foreign-cash', 'GBP.ratePpm': '– → 1150000', 'GBP.since': `– → ${gbp?.since}` },
  ]);
});

test('the store’s own currency, or one twice, is refused, and nothing is changed', async () => {
  shop = await openShop({ signedIn: 'manager' });
  const usd = { currency: 'USD', ratePpm: 920_000 };
  for (const wrong of [[{ currency: 'EUR', ratePpm: 1_000_000 }], [usd, usd]])
    expect(await refusalOf(change(wrong))).toMatchObject({ code: 'BAD_CURRENCY', defined: true });
  expect(await taken()).toEqual([]);
  expect(auditDetails()).toEqual([]);
});

test('what is set to what it is already leaves no entry', async () => {
  shop = await openShop({ signedIn: 'manager' });
  await shop.client.auth.changeCounterSettings(await shop.client.auth.counterSettings());
  await shop.client.auth.storeSettings.change({
    ...{ commandId: commandId(), key: 'sales.discount-limit', value: 10_000 },
  });
  expect(auditDetails()).toEqual([]);
});

test('layouts of scale labels are kept where they can be read, and refused where they cannot', async () => {
  shop = await openShop({ signedIn: 'manager' });
  const weight = { prefix: '22', itemDigits: 5, valueDigits: 5, measures: 'weightKg' as const, decimals: 3 };
  const set = (value: (typeof weight)[]) =>
    shop.client.auth.storeSettings.change({ commandId: commandId(), key: 'catalog.weighed-schemes', value });
  expect(await refusalOf(set([weight, { ...weight, prefix: '220', itemDigits: 4 }]))).toMatchObject({
    ...{ code: 'BAD_SCHEME', defined: true, data: { reason: 'prefix-taken', prefix: '220' } },
  });
  expect(await refusalOf(set([{ ...weight, prefix: '30' }]))).toMatchObject({
    data: { reason: 'bad-prefix' },
  });
  await set([weight]);
  expect((await shop.client.auth.storeSettings.read())['catalog.weighed-schemes']).toEqual([weight]);
  expect(auditDetails()).toMatchObject([
    { setting: 'catalog.weighed-schemes', '22.measures': '– → weightKg', '22.decimals': '– → 3' },
  ]);
});
