import { describe, expect, test } from 'vitest';
import {
  commandId,
  hearFromHq,
  type OpenShop,
  openShop,
  payCash,
  refusalOf,
  scan,
  scanPack,
  signIn,
} from '../../../build/proof/open-shop.ts';
import { batchOf, dataMatrix, openingMs, packId, storeId } from '../../../build/proof/shop.ts';

const DAY_MS = 86_400_000;
const onePack = { packs: 1 };

/** Every way in which a person can name a batch, with what is printed on a box of it. */
const paths = {
  'a scan': (shop: OpenShop, code: string, expiresOn: string) =>
    scan(shop, dataMatrix('dolorane', code, expiresOn)),
  'a choice from the list': (shop: OpenShop, code: string) =>
    shop.client.sales.add({
      ...{ commandId: commandId(), packId: packId('dolorane'), quantity: onePack },
      batchId: batchOf('dolorane', code),
    }),
  typing: (shop: OpenShop, code: string, expiresOn: string) =>
    shop.client.sales.addUnlisted({
      ...{ commandId: commandId(), packId: packId('dolorane'), quantity: onePack },
      ...{ batchCode: code, expiresOn },
    }),
};

describe.each(Object.entries(paths))('by %s', (_, take) => {
  test.each([
    ['DX', '2026-11-23', 'expired'],
    ['DQ', '2027-03-31', 'quarantined'],
    ['DR', '2027-03-31', 'recalled'],
  ])('batch %s cannot be sold', async (code, expiresOn, why) => {
    const shop = await openShop({ signedIn: 'pharmacist' });
    const batch = { batchId: batchOf('dolorane', code), code, expiresOn };
    const instead = { batchId: batchOf('dolorane', 'D1'), code: 'D1', expiresOn: '2027-01-31' };
    expect(await refusalOf(take(shop, code, expiresOn))).toEqual({
      ...{ code: 'BATCH_STOPPED', defined: true },
      data: { packId: packId('dolorane'), name: 'Dolorane 500 mg', batch, why, instead },
    });
    await expectNothingSold(shop);
  });
});

test.each([
  ['a scan', paths['a scan']],
  ['typing', paths.typing],
])(
  'a box that says otherwise than the books does not open the way: the sooner expiry counts, by %s',
  async (_, take) => {
    const shop = await openShop({ signedIn: 'pharmacist' });
    expect(await refusalOf(take(shop, 'D1', '2026-11-23'))).toMatchObject({ data: { why: 'expired' } });
    expect(await refusalOf(take(shop, 'DX', '2031-01-31'))).toMatchObject({ data: { why: 'expired' } });
    expect(await refusalOf(take(shop, 'NEW', '2026-11-23'))).toMatchObject({
      data: { why: 'expired', batch: { batchId: null } },
    });
    await expectNothingSold(shop);
  },
);

test('an expired box without a batch on it is not sold from another batch', async () => {
  const shop = await openShop();
  const box = dataMatrix('dolorane', 'X', '2026-11-23').replace(/10X$/, '');
  expect(await refusalOf(scan(shop, box))).toMatchObject({ data: { why: 'expired' } });
  await expectNothingSold(shop);
});

test('a plain bar code is never filled from a stopped batch, however many are wanted', async () => {
  const shop = await openShop();
  expect(await refusalOf(scanPack(shop, 'dolorane', 8))).toMatchObject({
    code: 'NONE_ON_HAND',
    data: { wantBase: 128, onHandBase: 112 },
  });
  const { cart } = await scanPack(shop, 'dolorane', 7);
  expect(cart.lines[0]?.batches.map((b) => b.code)).toEqual(['D1', 'D2']);
  await shop.close();
});

test('a batch sells on its last day and not the day after: in the cart it stops payment, on the shelf it is passed over', async () => {
  const shop = await openShop();
  const picked = await scan(shop, dataMatrix('drops', 'O1', '2026-11-24'));
  shop.clock.pass(DAY_MS);
  const held = await refusalOf(payCash(shop, picked.cart));
  expect(held).toMatchObject({
    code: 'BATCH_STOPPED',
    data: { why: 'expired', batch: { code: 'O1' } },
    defined: true,
  });
  await shop.client.sales.clear({ commandId: commandId() });
  expect((await refusalOf(scanPack(shop, 'drops'))).code).toBe('NONE_ON_HAND');
  await shop.close();
});

test('a batch that expires while it waits in the cart is passed over as it would be on the shelf', async () => {
  const shop = await openShop();
  const first = await scanPack(shop, 'drops');
  await payCash(shop, first.cart);
  const { cart } = await scanPack(shop, 'drops');
  shop.clock.pass(DAY_MS);
  expect((await refusalOf(payCash(shop, cart))).code).toBe('NONE_ON_HAND');
  await shop.close();
});

test('the expiry that counts is the calendar day of the shop, not its business date', async () => {
  const shop = await openShop();
  shop.clock.set(Date.UTC(2026, 10, 24, 22, 59));
  expect((await scanPack(shop, 'drops')).cart.lines).toHaveLength(1);
  shop.clock.set(Date.UTC(2026, 10, 24, 23, 1));
  expect((await refusalOf(scanPack(shop, 'drops'))).code).toBe('NONE_ON_HAND');
  await shop.close();
});

test('the sooner expiry on a box is not forgotten while the cart waits', async () => {
  const shop = await openShop();
  const { cart } = await scan(shop, dataMatrix('dolorane', 'D1', '2026-11-24'));
  await scan(shop, dataMatrix('dolorane', 'D1', '2027-01-31'));
  expect(cart.lines[0]?.batches[0]?.expiresOn).toBe('2026-11-24');
  shop.clock.pass(DAY_MS);
  const two = await refusalOf(
    shop.client.sales.pay({
      ...{ commandId: commandId(), totalMinor: 436 },
      tenders: [{ kind: 'cash', amountMinor: 436 }],
    }),
  );
  expect(two).toMatchObject({ code: 'BATCH_STOPPED', data: { why: 'expired', batch: { code: 'D1' } } });
  await shop.close();
});

test('a typed batch that HQ knows better becomes what HQ says, and the sooner expiry counts', async () => {
  const shop = await openShop();
  const { cart } = await typeGauze(shop, '2026-11-30');
  hearFromHq(shop, [batchRow('2031-12-31')]);
  shop.clock.pass(7 * DAY_MS);
  expect(await refusalOf(payCash(shop, cart))).toMatchObject({
    code: 'BATCH_STOPPED',
    data: { why: 'expired' },
  });
  await shop.close();
});

test.each(['recall', 'quarantine'])(
  'a %s that comes while the batch is in the cart stops payment',
  async (kind) => {
    const shop = await openShop();
    await scanPack(shop, 'syrup');
    const { cart } = await scan(shop, dataMatrix('dolorane', 'D1', '2027-01-31'));
    hearFromHq(shop, [decision(kind, batchOf('dolorane', 'D1'))]);
    const why = kind === 'recall' ? 'recalled' : 'quarantined';
    expect(await refusalOf(payCash(shop, cart))).toMatchObject({
      code: 'BATCH_STOPPED',
      data: { why, name: 'Dolorane 500 mg', batch: { code: 'D1' } },
      defined: true,
    });
    await shop.close();
  },
);

test('a recall of a batch the books do not have yet stops it when it is typed, and when it is in the cart', async () => {
  const shop = await openShop();
  const { cart } = await typeGauze(shop, '2029-12-31');
  hearFromHq(shop, [decision('recall', batchOf('gauze', 'GZ1'))]);
  expect(await refusalOf(payCash(shop, cart))).toMatchObject({
    code: 'BATCH_STOPPED',
    data: { why: 'recalled' },
  });
  expect(await refusalOf(typeGauze(shop, '2029-12-31'))).toMatchObject({
    code: 'BATCH_STOPPED',
    data: { why: 'recalled', batch: { batchId: null, code: 'GZ1' } },
  });
  await shop.close();
});

test('a shop that wants days left refuses a batch with fewer', async () => {
  const shop = await openShop({ shop: { minShelfLifeDays: 90 } });
  expect(await refusalOf(scan(shop, dataMatrix('dolorane', 'D1', '2027-01-31')))).toMatchObject({
    data: { why: 'short-life', instead: { code: 'D2' } },
  });
  const box = dataMatrix('dolorane', 'X', '2027-01-31').replace(/10X$/, '');
  expect(await refusalOf(scan(shop, box))).toMatchObject({ data: { why: 'short-life' } });
  const { cart } = await scanPack(shop, 'dolorane');
  expect(cart.lines[0]?.batches.map((b) => b.code)).toEqual(['D2']);
  await shop.close();
});

test('the error names the batch that is stopped, not the first of the line', async () => {
  const shop = await openShop({ signedIn: 'pharmacist' });
  await scan(shop, dataMatrix('dolorane', 'D2', '2027-06-30'));
  const { cart } = await scan(shop, dataMatrix('dolorane', 'D1', '2027-01-31'));
  hearFromHq(shop, [decision('recall', batchOf('dolorane', 'D1'))]);
  expect(await refusalOf(payCash(shop, cart))).toMatchObject({ data: { batch: { code: 'D1' } } });
  await signIn(shop, 'cashier');
  await shop.close();
});

async function expectNothingSold(shop: OpenShop): Promise<void> {
  const cart = await shop.client.sales.clear({ commandId: commandId() });
  expect(cart).toMatchObject({ cart: { revision: 0, lines: [] }, lineId: null });
  await shop.close();
}

const typeGauze = (shop: OpenShop, expiresOn: string) =>
  shop.client.sales.addUnlisted({
    ...{ commandId: commandId(), packId: packId('gauze'), quantity: onePack },
    ...{ batchCode: 'GZ1', expiresOn },
  });

const decision = (kind: string, batchId: string) => ({
  ...{ t: 'batch_decision', op: 'insert' as const },
  row: {
    ...{ id: `decision-${kind}-${batchId}`, storeId: 's', batchId, kind, endsId: null, reason: 'test' },
    ...{ at: openingMs, businessDate: '2026-11-24', actorId: 'hq' },
  },
});

const batchRow = (expiresOn: string) => ({
  ...{ t: 'batch', op: 'set' as const, id: batchOf('gauze', 'GZ1') },
  cols: {
    ...{ storeId, packId: packId('gauze'), code: 'GZ1', expiresOn, receivedAt: openingMs },
    ...{ costMinor: 0, costQtyBase: 1, packPriceMinor: null },
  },
});
