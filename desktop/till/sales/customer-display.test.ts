import { afterEach, expect, test } from 'vitest';
import {
  cartOf,
  commandId,
  type OpenShop,
  openShop,
  payCash,
  scanPack,
  signIn,
} from '../../../build/proof/open-shop.ts';

let shop: OpenShop;
afterEach(() => shop.close());

type Rows = readonly string[];

async function openWithPole() {
  const rows: Rows[] = [];
  shop = await openShop({ devices: { display: { name: 'pole', show: (next) => rows.push(next) } } });
  return rows;
}

/** What the customer's window shows now. */
async function shown() {
  for await (const { now } of await shop.client.sales.customerDisplay()) return now;
  throw new Error('the display always shows something');
}

test('pole and window follow the sale: its lines, the change, the next sale', async () => {
  const rows = await openWithPole();
  expect(await shown()).toEqual({ state: 'idle' });
  await scanPack(shop, 'dolorane', 2);
  expect(rows.at(-1)).toEqual(['2x Dolorane 500 4.36', 'TOTAL           4.36']);
  expect(await shown()).toMatchObject({
    state: 'sale',
    lines: [{ packs: 2, amountMinor: 436 }],
    totalMinor: 436,
  });
  const tenders = [{ kind: 'cash' as const, amountMinor: 1000 }];
  await shop.client.sales.pay({ commandId: commandId(), totalMinor: 436, tenders });
  expect(await shown()).toEqual({ state: 'paid', totalMinor: 436, changeMinor: 564 });
  expect(rows.at(-1)).toEqual(['CHANGE          5.64', '     Thank you      ']);
  await scanPack(shop, 'syrup');
  expect(await shown()).toMatchObject({ state: 'sale', totalMinor: 499 });
});

test('a sale that was cleared is not thanked for, and one at rest needs nobody signed in', async () => {
  const rows = await openWithPole();
  await payCash(shop, (await scanPack(shop, 'syrup')).cart);
  await scanPack(shop, 'dolorane');
  await shop.client.sales.clear({ commandId: commandId() });
  expect((await cartOf(shop)).lines).toEqual([]);
  expect(await shown()).toEqual({ state: 'idle' });
  await shop.client.auth.signOut();
  expect(await shown()).toEqual({ state: 'idle' });
  expect(rows.at(-1)).toEqual([' Pharmacie du Pont  ', '      Welcome       ']);
});

test('what others see carries no batch, no customer, and no blocker', async () => {
  await openWithPole();
  await signIn(shop, 'pharmacist');
  await scanPack(shop, 'amoxicillin');
  const now = await shown();
  expect(Object.keys(now).toSorted()).toEqual(['discountMinor', 'lines', 'state', 'totalMinor']);
  expect(now.state === 'sale' && Object.keys(now.lines[0] ?? {}).toSorted()).toEqual([
    ...['amountMinor', 'isLast', 'lineId', 'looseBase', 'name', 'packs', 'weightG'],
  ]);
});
