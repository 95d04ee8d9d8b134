import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FeedRow } from '#shared/replica/wire.ts';
import { storeScope } from '#shared/tables/scope.ts';
import { createTakeIn } from '../../desktop/till/replication/take-in.ts';
import { openShop, type Shop, type ShopTill, until } from '../sync/shop.ts';
import { tablesWithout } from './old-reader.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.stop());

/** A till of a version without settings, at work and up to date. */
const asOld = (till: ShopTill) => createTakeIn(till.counter(), tablesWithout([{ t: 'setting' }]));

async function numbered(scope: string, after: number): Promise<FeedRow[]> {
  const { rows } = await shop.hq.pool.query<FeedRow>(
    `SELECT scope, seq::text, epoch, device, inc::text, dseq::text, type, v::text, eff_hlc, hash, sig, envelope
       FROM change_log WHERE scope = $1 AND change_log.seq > $2 ORDER BY change_log.seq`,
    [scope, after],
  );
  return rows;
}

const deferred = (till: ShopTill) => till.query(`SELECT type FROM deferred_change`);
const news = (till: ShopTill) =>
  till.query(`SELECT value FROM setting WHERE key = 'news' AND store_id IS NOT NULL`);

async function joined(storeId: string): Promise<ShopTill> {
  const till = shop.till();
  await till.join(storeId);
  await till.settled();
  till.running.enrolled().link.set(false);
  await shop.hq.write([
    { t: 'setting', op: 'set', id: `news ${storeId}`, cols: { storeId, key: 'news', value: 1 } },
  ]);
  return till;
}

test('a till that starts after its upgrade takes in what had waited, without HQ', async () => {
  const storeId = await shop.store();
  const scope = storeScope(storeId);
  let till = await joined(storeId);
  const old = asOld(till);
  await old.rows(scope, await numbered(scope, old.cursor(scope)?.seq ?? 0));
  expect([deferred(till).length, news(till)]).toEqual([1, []]);
  await till.close();

  till = shop.till(till.folder);
  till.running.enrolled().link.set(false);
  till.running.start();
  await until(async () => deferred(till).length === 0);
  expect(news(till)).toEqual([{ value: '1' }]);
});

test('a till whose base was taken by a version that could not read all of it takes it anew', async () => {
  const storeId = await shop.store();
  const scope = storeScope(storeId);
  let till = await joined(storeId);
  const old = asOld(till);
  await old.rows(scope, await numbered(scope, old.cursor(scope)?.seq ?? 0));
  // As if a snapshot had come instead: the cursor stands behind what it left out, and no feed brings it again.
  old.coveredBySnapshot(scope, old.cursor(scope)?.seq ?? 0, [{ t: 'setting' }]);
  expect(deferred(till)).toEqual([{ type: '(snapshot)' }]);
  await till.close();

  till = shop.till(till.folder);
  expect(news(till)).toEqual([]);
  till.running.start();
  await until(async () => deferred(till).length === 0);
  await till.settled();
  expect(news(till)).toEqual([{ value: '1' }]);
});
