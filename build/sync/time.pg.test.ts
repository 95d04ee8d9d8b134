import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openShop, type Shop, type ShopTill } from './shop.ts';

const YEAR = 365 * 86_400_000;
const FEW_SECONDS = 5_000;

let shop: Shop;
let storeId: string;
beforeAll(async () => {
  shop = await openShop();
});
beforeEach(async () => {
  storeId = await shop.store();
});
afterAll(() => shop.stop());

test.each([YEAR, -YEAR])(
  'a till whose clock is %d ms off goes by HQ’s time from the moment it joins, and over a restart',
  async (offMs) => {
    const clocks = { clock: { nowMs: () => Date.now() + offMs } };
    let till = shop.till(undefined, clocks);
    await till.join(storeId);
    expect(awayFromHq(till, offMs)).toBeLessThan(FEW_SECONDS);
    till.move(-1);
    await till.settled();
    expect(await shop.onHand(storeId)).toBe(-1);
    await till.close();
    till = shop.till(till.folder, clocks);
    expect(awayFromHq(till, offMs)).toBeLessThan(FEW_SECONDS);
  },
);

test('what such a till signs says how far its clock is off, and is dated by HQ’s', async () => {
  const till = shop.till(undefined, { clock: { nowMs: () => Date.now() + YEAR } });
  await till.join(storeId);
  till.move(-1);
  await till.settled();
  const [made] = till.query<{ text: string }>(`SELECT text FROM journal WHERE type = 'stock'`);
  const { at, skew, body } = JSON.parse(made?.text ?? '');
  expect(Math.abs(skew - YEAR)).toBeLessThan(FEW_SECONDS);
  expect(Math.abs(at - Date.now() - YEAR)).toBeLessThan(60_000);
  expect(Math.abs(body.changes[0].row.at - Date.now())).toBeLessThan(60_000);
});

/** How far till time, and the skew the till believes in, are from the truth: in ms, the worse of the two. */
function awayFromHq(till: ShopTill, offMs: number): number {
  const { aheadMs, skewMs } = till.running.time();
  return Math.max(Math.abs(aheadMs - offMs), Math.abs((skewMs ?? Number.POSITIVE_INFINITY) - offMs));
}
