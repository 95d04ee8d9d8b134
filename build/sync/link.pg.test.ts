import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { saveTill } from '../../sync-server/auth/back-office-stores.ts';
import { revokeTill } from '../../sync-server/auth/enrol.ts';
import { openNewEpoch } from '../../sync-server/store/epoch.ts';
import { openShop, type Shop, until } from './shop.ts';

let shop: Shop;
let storeId: string;
beforeAll(async () => {
  shop = await openShop();
});
beforeEach(async () => {
  storeId = await shop.store();
});
afterAll(() => shop.stop());

const equalScopes = async (till: ReturnType<Shop['till']>) =>
  (
    await shop.hq.pool.query('SELECT 1 FROM device_scope WHERE equal AND device = $1', [
      till.counter().identity.read().device,
    ])
  ).rowCount;
const incOf = (till: ReturnType<Shop['till']>) => till.counter().identity.read().inc;

test('a database brought back from a copy goes on under the next letter, before its first sale, and loses nothing', async () => {
  let till = shop.till();
  await till.join(storeId);
  till.move(-1);
  await till.settled();
  const { folder } = till;
  await till.close();
  cpSync(join(folder, 'till.db'), join(folder, 'till.db.copy'));
  till = shop.till(folder);
  till.move(-10);
  till.running.start();
  await till.settled();
  await till.close();
  rmSync(join(folder, 'till.db-wal'), { force: true });
  cpSync(join(folder, 'till.db.copy'), join(folder, 'till.db'));
  till = shop.till(folder);
  expect(incOf(till)).toBe(2);
  till.move(-100);
  till.running.start();
  await till.settled();
  expect(await shop.onHand(storeId)).toBe(-111);
  expect(till.onHand()).toBe(-111);
  expect(await shop.flags(storeId)).toEqual(['RESTORED']);
});

test('a folder brought back whole is found out by HQ at the first contact', async () => {
  let till = shop.till();
  await till.join(storeId);
  await till.settled();
  await till.close();
  const before = shop.copyOf(till.folder);
  till = shop.till(till.folder);
  till.running.start();
  till.move(-10);
  await till.settled();
  await till.close();
  till = shop.till(before);
  expect(incOf(till)).toBe(1);
  till.running.start();
  till.move(-100);
  await till.settled();
  expect(incOf(till)).toBe(2);
  expect([await shop.onHand(storeId), till.onHand()]).toEqual([-110, -110]);
});

test('two machines on one disk image: each ends up with a chain of its own, and HQ has the work of both', async () => {
  const first = shop.till();
  await first.join(storeId);
  await first.settled();
  await first.close();
  const copy = shop.copyOf(first.folder);
  const a = shop.till(first.folder);
  const b = shop.till(copy);
  a.running.start();
  b.running.start();
  await a.settled();
  await b.settled();
  a.move(-1);
  b.move(-10);
  await a.settled();
  await b.settled();
  a.move(-100);
  b.move(-1000);
  await a.settled();
  await b.settled();
  await a.settled();
  expect(await shop.onHand(storeId)).toBe(-1111);
  expect([a.onHand(), b.onHand()]).toEqual([-1111, -1111]);
  expect(new Set([incOf(a), incOf(b)]).size).toBe(2);
  expect(await shop.flags(storeId)).toEqual(['FORKED']);
});

test('a revoked till stops at its next contact, and what it had not sent is taken and flagged', async () => {
  const till = shop.till();
  const tillId = await till.join(storeId);
  await till.settled();
  till.move(-1);
  await revokeTill(shop.hq.pool, tillId, 'admin');
  till.running.start();
  await until(async () => {
    await till.running.enrolled().link.now();
    return till.sync().waiting === 0;
  });
  expect(await shop.onHand(storeId)).toBe(-1);
  expect(await shop.flags(storeId)).toEqual(['DEVICE_REVOKED']);
  await until(async () => till.running.state().phase === 'revoked');
  expect(till.sync().trouble).toBe('revoked');
});

test("a till moved to another store keeps nothing of the first, and its unsent work stays the first store's", async () => {
  const other = await shop.store();
  const till = shop.till();
  const tillId = await till.join(storeId);
  till.running.start();
  till.move(-5);
  await till.settled();
  till.running.enrolled().link.set(false);
  till.move(-7);
  await saveTill(
    { pool: shop.hq.pool, ids: { next: () => tillId } },
    { input: { id: tillId, storeId: other, code: 'T77', name: 'Moved' }, actor: 'admin' },
  );
  till.running.enrolled().link.set(true);
  await until(async () => till.counter().storeId === other && till.running.state().phase !== 'joining');
  await till.settled();
  expect([await shop.onHand(storeId), await shop.onHand(other), till.onHand()]).toEqual([-12, 0, 0]);
  expect(till.query(`SELECT DISTINCT store_id FROM staff`)).toEqual([{ store_id: other }]);
  till.move(-3);
  await till.settled();
  expect([await shop.onHand(other), till.onHand()]).toEqual([-3, -3]);
  expect(await shop.flags(storeId)).toEqual([]);
});

test('a log that is not what HQ has is found by its digest, taken anew, and audited', async () => {
  const till = shop.till();
  await till.join(storeId);
  till.running.start();
  till.move(-5);
  await till.settled();
  await until(async () => {
    await till.running.enrolled().link.now();
    return (await equalScopes(till)) === 3;
  });
  till
    .counter()
    .db.exec(
      `UPDATE on_hand SET qty_base = 99; UPDATE cursor SET digest = 'ffffffffffffffff' WHERE scope LIKE 'store:%'`,
    );
  await till.running.enrolled().link.now();
  await until(async () => till.onHand() === -5);
  await till.settled();
  const audited = await shop.hq.pool.query(`SELECT 1 FROM audit_entry WHERE action = 'sync.repaired'`);
  expect(audited.rowCount).toBe(1);
  await until(async () => {
    await till.running.enrolled().link.now();
    return (await equalScopes(till)) === 3;
  });
});

test('HQ restored from an older backup gets back what it lost, also of a till whose disk is dead', async () => {
  const a = shop.till();
  const dead = shop.till();
  await a.join(storeId);
  await dead.join(storeId);
  a.running.start();
  dead.running.start();
  a.move(-1);
  dead.move(-2);
  await a.settled();
  await dead.settled();
  await shop.backup();
  a.move(-10);
  dead.move(-20);
  await shop.hq.write([
    { t: 'setting', op: 'set', id: 's1', cols: { storeId: null, key: 'lost', value: 1 } },
  ]);
  await dead.settled();
  await a.settled();
  await dead.close();
  await shop.restore();
  const { rows } = await shop.hq.pool.query<{ epoch: string }>('SELECT epoch FROM hq_identity');
  await openNewEpoch(shop.hq.pool, { was: rows[0]?.epoch ?? '', why: 'operator' });
  a.move(-100);
  await a.settled();
  await until(async () => (await shop.onHand(storeId)) === -133);
  await a.settled();
  expect(a.onHand()).toBe(-133);
  const lost = await shop.hq.pool.query(`SELECT 1 FROM setting WHERE key = 'lost'`);
  expect(lost.rowCount).toBe(1);
  expect(a.query(`SELECT 1 FROM setting WHERE key = 'lost'`)).toHaveLength(1);
});

test('a revoked till tells a restored HQ again what it had sent, though it may ask HQ nothing', async () => {
  const till = shop.till();
  const tillId = await till.join(storeId);
  till.running.start();
  till.move(-1);
  await till.settled();
  await revokeTill(shop.hq.pool, tillId, 'admin');
  await shop.backup();
  till.move(-10);
  await until(async () => {
    await till.running.enrolled().link.now();
    return (await shop.onHand(storeId)) === -11 && till.running.state().phase === 'revoked';
  });
  await shop.restore();
  expect(await shop.onHand(storeId)).toBe(-1);
  const { rows } = await shop.hq.pool.query<{ epoch: string }>('SELECT epoch FROM hq_identity');
  await openNewEpoch(shop.hq.pool, { was: rows[0]?.epoch ?? '', why: 'operator' });
  await until(async () => {
    await till.running.enrolled().link.now();
    return (await shop.onHand(storeId)) === -11;
  });
  expect(till.sync().waiting).toBe(0);
});
