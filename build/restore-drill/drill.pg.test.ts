import { afterAll, beforeAll, expect, test } from 'vitest';
import { openShop, type Shop } from '../sync/shop.ts';
import { holdDrill, prepareDrill } from './drill.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
  await prepareDrill(shop);
});
afterAll(() => shop.stop());

test('a till whose database is gone sells on from its backup, and HQ equals it to the cent', async () => {
  const { letter, till, hq, sold, lost, receipts } = await holdDrill(shop, 'database');
  expect(hq).toEqual(till);
  expect(till.sales).toBe(sold - lost);
  expect(letter).toBe('B');
  expect(new Set(receipts).size).toBe(receipts.length);
  expect(receipts.slice(-2)).toEqual(['S01-T01B-000001', 'S01-T01B-000002']);
});

test('a till whose machine is gone comes back on another one, by the recovery key and a new code', async () => {
  const { letter, till, hq, sold, lost, receipts } = await holdDrill(shop, 'machine');
  expect(hq).toEqual(till);
  expect(till.sales).toBe(sold - lost);
  expect(letter).toBe('B');
  expect(new Set(receipts).size).toBe(receipts.length);
});
