import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Change } from '#shared/replica/changeset.ts';
import type { RowOf, TableName } from '#shared/schema.ts';
import { handClock } from '../../build/proof/open-shop.ts';
import { openShop, type Shop, type ShopTill } from '../../build/sync/shop.ts';
import { createElsewhere } from '../../desktop/till/inventory/elsewhere.ts';
import { readStores } from '../auth/back-office-stores.ts';
import { bootstrapOrg } from '../auth/bootstrap.ts';
import { saleRows, testId } from '../intake/test-device.ts';
import { migrateForward } from '../store/migrate.ts';
import { createPool, inTransaction } from '../store/pool.ts';
import { writeChanges } from '../store/writer.ts';
import { tellStock } from './tell-stock.ts';

const MINUTE_MS = 60_000;
let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
  await shop.hq.write(catalogue('pack-1'));
});
afterAll(() => shop.stop());

const set = <N extends TableName>(t: N, { id, ...cols }: RowOf<N>): Change => ({
  ...{ t, op: 'set', id, cols },
});

/** A pack of 16 tablets that may be broken. */
const catalogue = (packId: string): Change[] => [
  set('medicine', {
    ...{ id: `of ${packId}`, kind: 'medicine', brand: `Brand ${packId}`, generics: [], form: 'tablet' },
    ...{ route: '', holder: '', scheduleClass: 'general', tallMan: '', genericGroup: '', registerRef: '' },
    ...{ discountAllowed: true, soldAs: null },
  }),
  set('pack', {
    ...{ id: packId, medicineId: `of ${packId}`, label: 'box of 16', packSize: 16, baseUnit: 'tablet' },
    ...{ breakable: true, taxClassId: 'none', status: 'active', registerRef: '' },
  }),
];

let receipts = 0;
/** A batch that lies in a store, received there. */
const batchIn = (storeId: string, packs: number, over: Partial<RowOf<'batch'>> = {}): Change[] => {
  const batch = {
    ...{ id: testId(), storeId, packId: 'pack-1', code: 'L1', expiresOn: '2099-12-31', receivedAt: 1 },
    ...{ costMinor: 0, costQtyBase: 1, packPriceMinor: null, ...over },
  };
  const { id: batchId, packId } = batch;
  const row = {
    ...{ id: testId(), storeId, batchId, packId, kind: 'receive', qtyBase: packs * 16, documentLine: null },
    ...{ documentId: `grn ${++receipts}`, at: 1, businessDate: '2026-03-02', actorId: 'hq', reason: null },
  };
  return [set('batch', batch), { t: 'stock_movement', op: 'insert', row }];
};
const decided = (
  storeId: string,
  batchId: string,
  kind: string,
  endsId: string | null,
  id = testId(),
): Change => ({
  ...{ t: 'batch_decision', op: 'insert' },
  row: {
    ...{ id, storeId, batchId, kind, endsId, reason: '', at: 1, businessDate: '2026-03-02', actorId: 'hq' },
  },
});

/** The job, as it runs by the clock. */
const tell = async () =>
  tellStock(shop.hq.pool, { stores: await readStores(shop.hq.pool, Date.now()), nowMs: Date.now() });
const told = async (packId = 'pack-1', pool = shop.hq.pool): Promise<unknown> => {
  const { rows } = await pool.query('SELECT held FROM stock_elsewhere WHERE left(id, -2) = $1', [packId]);
  return Object.assign({}, ...rows.map(({ held }) => held));
};
const changesetsOfJob = async () =>
  (
    await shop.hq.pool.query<{ n: number }>(
      `SELECT jsonb_array_length(envelope::jsonb -> 'body' -> 'changes') AS n FROM change_log
        WHERE type = 'stock-elsewhere' ORDER BY seq`,
    )
  ).rows.map(({ n }) => n);
const codeOf = async (storeId: string): Promise<string> =>
  (await shop.hq.pool.query<{ code: string }>('SELECT code FROM store WHERE id = $1', [storeId])).rows[0]
    ?.code ?? '';

/** A store with a till that HQ hears. */
async function openStore(
  clock = handClock(Date.now()),
): Promise<{ id: string; code: string; till: ShopTill }> {
  const id = await shop.store();
  const till = shop.till(undefined, { clock, uptime: clock.uptime });
  await till.join(id);
  return { id, code: await codeOf(id), till };
}
function sell({ id, till }: { id: string; till: ShopTill }, batchId: string): void {
  const counter = till.counter();
  const changes = saleRows({ storeId: id, tillId: counter.tillId, receiptN: ++receipts, batchId });
  counter.transact('sale', () =>
    counter.replica.record({ type: 'sale', actor: 'cashier', subjectId: null, changes }),
  );
}

test('a sale in one store is seen at another store’s till, with its age, also while that one is offline', async () => {
  const clock = handClock(Date.now());
  const [one, other] = [await openStore(), await openStore(clock)];
  const lying = batchIn(one.id, 7);
  await shop.hq.write(lying);
  await one.till.settled();
  const batchId = lying[0]?.op === 'set' ? lying[0].id : '';
  sell(one, batchId);
  await one.till.settled();
  expect(await tell()).toMatchObject({ rows: 1 });
  await other.till.settled();
  const ask = () => createElsewhere(other.till.counter())({ packId: 'pack-1' });
  const seen = ask();
  expect(seen).toMatchObject({
    ...{ name: 'Brand pack-1', packSize: 16, onHandBase: 0 },
    holders: [
      { storeId: one.id, code: one.code, name: one.code, qtyBase: 5 * 16, atLeast: false, isOld: false },
    ],
  });
  expect(seen.holders[0]?.ageMs).toBeLessThan(MINUTE_MS);

  other.till.running.enrolled().link.set(false);
  clock.pass(20 * MINUTE_MS);
  sell(one, batchId);
  await one.till.settled();
  await tell();
  const [then] = ask().holders;
  expect(then).toMatchObject({ qtyBase: 5 * 16, isOld: false });
  expect(Math.round((then?.ageMs ?? 0) / MINUTE_MS)).toBe(20);
  clock.pass(24 * 60 * MINUTE_MS);
  expect(ask().holders).toMatchObject([{ isOld: true }]);

  other.till.running.enrolled().link.set(true);
  await other.till.settled();
  expect(ask().holders).toMatchObject([{ qtyBase: 3 * 16 }]);
  const own = createElsewhere(one.till.counter())({ packId: 'pack-1' });
  expect([own.onHandBase, own.holders]).toEqual([3 * 16, []]);
});

test('what may not be sold is not told: expired, too near to expiry, recalled, quarantined, or not there', async () => {
  await shop.hq.write(catalogue('stopped'));
  const { id, code } = await openStore();
  const packId = 'stopped';
  const [recalled, held, freed] = [testId(), testId(), testId()];
  const quarantine = testId();
  await shop.hq.write([
    { t: 'store', op: 'set', id, cols: { minShelfLifeDays: 30 } },
    ...batchIn(id, 3, { packId }),
    ...batchIn(id, 50, { packId, expiresOn: '2020-01-31' }),
    ...batchIn(id, 50, {
      packId,
      expiresOn: new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10),
    }),
    ...batchIn(id, 50, { packId, id: recalled }),
    ...batchIn(id, 50, { packId, id: held }),
    ...batchIn(id, 4, { packId, id: freed }),
    ...batchIn(id, -1, { packId }),
    decided(id, recalled, 'recall', null),
    decided(id, held, 'quarantine', null),
    decided(id, freed, 'quarantine', null, quarantine),
    decided(id, freed, 'release', quarantine),
  ]);
  await tell();
  expect(await told(packId)).toEqual({ [code]: 6 * 16 });
});

test('only what steps is told again, in small changesets, and an age at most once an hour', async () => {
  const packs = Array.from({ length: 230 }, (_, i) => `many-${String(i).padStart(3, '0')}`);
  await shop.hq.write(packs.flatMap(catalogue));
  const { id, code, till } = await openStore();
  await shop.hq.write(packs.flatMap((packId) => batchIn(id, 25, { packId })));
  const before = (await changesetsOfJob()).length;
  expect(await tell()).toMatchObject({ rows: 230 });
  const sizes = (await changesetsOfJob()).slice(before);
  expect(sizes.every((n) => n <= 101)).toBe(true);
  expect(sizes.reduce((sum, n) => sum + n, 0)).toBeGreaterThanOrEqual(231);
  expect(await told('many-007')).toEqual({ [code]: 20 * 16 });

  expect(await tell()).toEqual({ rows: 0, stores: 0 });
  await shop.hq.write(packs.slice(0, 3).flatMap((packId) => batchIn(id, 1, { packId })));
  expect(await tell()).toEqual({ rows: 0, stores: 0 });
  await shop.hq.write(batchIn(id, 5, { packId: 'many-007' }));
  await till.settled();
  expect(await tell()).toEqual({ rows: 1, stores: 1 });
  expect(await told('many-007')).toEqual({ [code]: 30 * 16 });

  const later = (await readStores(shop.hq.pool, Date.now())).map((store) => ({
    ...store,
    dataTo: store.dataTo && store.dataTo + 61 * MINUTE_MS,
  }));
  const aged = await tellStock(shop.hq.pool, { stores: later, nowMs: Date.now() });
  expect(aged).toEqual({ rows: 0, stores: later.filter(({ dataTo }) => dataTo !== null).length });
});

test('nothing is said of a store whose tills HQ has not heard, and what was said of it goes', async () => {
  await shop.hq.write(catalogue('silent'));
  const { id, till } = await openStore();
  await shop.hq.write(batchIn(id, 9, { packId: 'silent' }));
  await tell();
  expect(Object.values(Object(await told('silent')))).toEqual([9 * 16]);
  await shop.hq.pool.query('UPDATE device SET revoked = true WHERE id = $1', [
    till.counter().identity.read().device,
  ]);
  await tell();
  expect(await told('silent')).toEqual({});
});

test('another org, in the same Postgres, hears nothing of it', async () => {
  const { id, code } = await openStore();
  await shop.hq.write(batchIn(id, 2));
  await tell();
  const url = new URL(shop.hq.pool.options.connectionString ?? '');
  await shop.hq.pool.query('CREATE DATABASE other_org');
  url.pathname = '/other_org';
  const pool = createPool({ url: url.href, onError: () => {} });
  try {
    await migrateForward(pool, 'migrations/postgres');
    const nowMs = Date.now();
    await inTransaction(pool, (client) => bootstrapOrg(client, { name: 'Other', nowMs }));
    const act = { actor: 'test', type: 'test' };
    const theirs = [...catalogue('pack-1'), ...batchIn('their store', 3)];
    await inTransaction(pool, (client) => writeChanges(client, act, theirs));
    const store = { id: 'their store', code, zone: 'Europe/Paris', minShelfLifeDays: 0, dataTo: nowMs };
    expect(await tellStock(pool, { stores: [store], nowMs })).toEqual({ rows: 1, stores: 1 });
    expect(await told('pack-1', pool)).toEqual({ [code]: 3 * 16 });
    const { rows: stores } = await pool.query('SELECT id FROM stock_elsewhere_store');
    expect(stores).toEqual([{ id: 'their store' }]);
    expect(await told()).toMatchObject({ [code]: 2 * 16 });
  } finally {
    await pool.end();
  }
});
