import { afterAll, beforeAll, expect, test } from 'vitest';
import { createIds } from '#shared/kernel/ids.ts';
import type { Change } from '#shared/replica/changeset.ts';
import { bootstrapOrg } from '../auth/bootstrap.ts';
import { inTransaction } from '../store/pool.ts';
import { startTestDatabase, type TestDatabase } from '../store/test-database.ts';
import { writeChanges } from '../store/writer.ts';
import { endOffer, listOffers, makeOffer, type OfferDeps } from './offers.ts';
import { dropListPrice, listPrices, priceLists, saveListPrice, savePriceList } from './offers-lists.ts';
import { listZReports, readZReport, shiftGaps } from './shifts.ts';
import { cashierId, sampleStores, storeId, tillId } from './test-support.ts';

const nowMs = Date.parse('2026-11-17T12:00:00Z');
const hour = 3_600_000;
let database: TestDatabase;
let deps: OfferDeps;
let n = 0;

beforeAll(async () => {
  database = await startTestDatabase();
  const clock = { nowMs: () => nowMs };
  const bytes = (length: number) => {
    n += 1;
    return new Uint8Array(length).fill(n);
  };
  deps = { pool: database.pool, clock, ids: createIds({ clock, random: { bytes } }) };
  await inTransaction(database.pool, async (client) => {
    await bootstrapOrg(client, { name: 'Corvelle', nowMs });
    await writeChanges(client, { actor: 'test', type: 'test' }, [...sampleStores(2), ...catalogue]);
  });
});
afterAll(() => database.stop());

const terms = {
  ...{ storeId: null, name: 'Autumn', validFrom: '2026-11-10', validTo: '2026-11-30' },
  ...{ fromMinute: null, toMinute: null, couponCode: null },
};
const rule = { kind: 'bundle' as const, packIds: ['pack-2', 'pack-1'], take: 3, pay: 2 };
const make = (change: Partial<Parameters<typeof makeOffer>[1]['input']> = {}) =>
  makeOffer(deps, { input: { ...terms, rule, ...change }, actor: 'admin' });
const offerOf = async (id: string) => (await listOffers(deps)).rows.find((row) => row.offerId === id);
const idOf = (made: Awaited<ReturnType<typeof make>>) => (made.ok ? made.value.id : '');

test('an offer is told with its packs in their order, and ends once', async () => {
  const id = idOf(await make({ storeId: storeId(1) }));
  expect(await offerOf(id)).toMatchObject({
    ...{ name: 'Autumn', rule, state: 'running', storeName: 'Grand-Place' },
    packs: [
      { packId: 'pack-2', brand: 'Solvétine', label: 'box 2' },
      { packId: 'pack-1', brand: 'Solvétine', label: 'box 1' },
    ],
  });
  expect(await endOffer(deps.pool, { offerId: id, actor: 'admin' })).toMatchObject({ ok: true });
  expect(await offerOf(id)).toMatchObject({ state: 'ended' });
  const log = () => deps.pool.query(`SELECT 1 FROM change_log WHERE envelope LIKE '%"type":"offer"%'`);
  const before = (await log()).rowCount;
  expect(await endOffer(deps.pool, { offerId: id, actor: 'admin' })).toMatchObject({ ok: true });
  expect((await log()).rowCount).toBe(before);
  expect(await endOffer(deps.pool, { offerId: 'none', actor: 'admin' })).toMatchObject({ ok: false });
});

test('an offer of one store goes to that store, one of all to everybody', async () => {
  const scopes = async (id: string) =>
    (
      await deps.pool.query<{ scope: string }>(
        `SELECT scope FROM change_log WHERE envelope LIKE '%' || $1 || '%'`,
        [id],
      )
    ).rows.map(({ scope }) => scope);
  expect(await scopes(idOf(await make({ storeId: storeId(2) })))).toEqual([`store:${storeId(2)}`]);
  expect(await scopes(idOf(await make()))).toEqual(['org']);
});

test('what is no offer is refused with all that is wrong', async () => {
  expect(await make({ rule: { ...rule, packIds: [], pay: 3 }, validTo: '2026-11-16' })).toEqual({
    ok: false,
    error: { code: 'BAD_OFFER', problems: ['NO_PACKS', 'BAD_PAY', 'OVER'] },
  });
  const unknown = { ok: false, error: { code: 'NOT_FOUND' } };
  expect(await make({ rule: { ...rule, packIds: ['pack-1', 'nothing'] } })).toEqual(unknown);
  expect(await make({ storeId: 'nowhere' })).toEqual(unknown);
});

test('of two offers that ask for one coupon at a time the second is refused, until the first has ended', async () => {
  const first = idOf(await make({ couponCode: 'spring 26', name: 'Spring' }));
  expect((await offerOf(first))?.couponCode).toBe('SPRING26');
  const second = () => make({ couponCode: 'SPRING26', storeId: storeId(1) });
  expect(await second()).toEqual({ ok: false, error: { code: 'COUPON_TAKEN', name: 'Spring' } });
  await endOffer(deps.pool, { offerId: first, actor: 'admin' });
  expect((await second()).ok).toBe(true);
});

test('a price list holds one price of a pack per day, and one name is one list', async () => {
  const list = { name: 'Staff', ratePct3: 10_000, active: true };
  const made = await savePriceList(deps, { input: list, actor: 'admin' });
  const listId = made.ok ? made.value.id : '';
  expect(await savePriceList(deps, { input: { ...list, name: 'staff' }, actor: 'admin' })).toEqual({
    ok: false,
    error: { code: 'NAME_TAKEN' },
  });
  const put = (priceMinor: number, packId = 'pack-1') =>
    saveListPrice(deps, { input: { listId, packId, priceMinor, validFrom: '2026-11-01' }, actor: 'admin' });
  await put(500);
  expect((await put(450)).ok).toBe(true);
  expect(await put(450, 'nothing')).toMatchObject({ ok: false });
  const [held, ...more] = await listPrices(deps, listId);
  expect(held).toMatchObject({ packId: 'pack-1', priceMinor: 450, usualMinor: 600 });
  expect(more).toEqual([]);
  expect(await priceLists(deps.pool)).toEqual([{ listId, ...list, prices: 1, accounts: 0 }]);
  await dropListPrice(deps.pool, { input: { id: held?.id ?? '' }, actor: 'admin' });
  expect(await listPrices(deps, listId)).toEqual([]);
});

test('Z-reports come in pages, the latest first, with what their shift was', async () => {
  await write([...shift(1, 10), ...close(1, 1, 9), ...shift(2, 8), ...close(2, 2, 7)]);
  await write([...shift(3, 6), ...close(3, 5, 5)]);
  const first = await listZReports(deps.pool, { limit: 2 });
  const rest = await listZReports(deps.pool, { limit: 2, before: first.next ?? '' });
  expect([...first.rows, ...rest.rows].map(({ zNo }) => zNo)).toEqual(
    [5, 2, 1].map((z) => `S01-T01AZ-00000${z}`),
  );
  expect(rest.next).toBeNull();
  expect((await listZReports(deps.pool, { limit: 2, storeId: storeId(2) })).rows).toEqual([]);
  expect(await readZReport(deps.pool, 'close-2')).toMatchObject({
    ...{ varianceMinor: -500, expected: [{ kind: 'cash', amountMinor: 10_500 }], storeCode: 'S01' },
    ...{ openedAt: nowMs - 8 * hour, floatMinor: 10_000, grandTotalMinor: 20_000, openedBy: 'Paul Girard' },
    movements: [{ kind: 'pay-in', amountMinor: 300, reason: 'coins', by: 'Paul Girard' }],
  });
  expect(await readZReport(deps.pool, 'nothing')).toBeNull();
});

test('numbers that have not come and shifts that stay open are named', async () => {
  await write([...shift(4, 25), ...shift(5, 23)]);
  const { missing, openLong } = await shiftGaps(deps.pool, nowMs);
  expect(missing).toMatchObject([{ zSeries: 'S01-T01AZ', fromN: 3, toN: 4, tillName: 'Front counter' }]);
  expect(openLong).toMatchObject([{ shiftId: 'shift-4', storeCode: 'S01', openedBy: 'Paul Girard' }]);
});

const write = (changes: readonly Change[]) =>
  inTransaction(database.pool, (client) => writeChanges(client, { actor: 'test', type: 'test' }, changes));

const own = { storeId: storeId(1), tillId: tillId(1, 1), businessDate: '2026-11-17', actorId: cashierId(1) };

const shift = (of: number, hoursAgo: number): Change[] => [
  {
    ...{ t: 'shift', op: 'insert' },
    row: {
      ...{ id: `shift-${of}`, ...own, at: nowMs - hoursAgo * hour },
      ...{ kind: 'counted', floatMinor: 10_000, currency: 'EUR' },
    },
  },
];

const close = (of: number, zN: number, hoursAgo: number): Change[] => [
  {
    ...{ t: 'cash_movement', op: 'insert' },
    row: {
      ...{ id: `move-${of}`, ...own, shiftId: `shift-${of}`, kind: 'pay-in', amountMinor: 300 },
      ...{ reason: 'coins', at: nowMs - hoursAgo * hour - 1 },
    },
  },
  {
    ...{ t: 'shift_close', op: 'insert' },
    row: {
      ...{ id: `close-${of}`, ...own, shiftId: `shift-${of}`, zSeries: 'S01-T01AZ', zN },
      ...{ zNo: `S01-T01AZ-${String(zN).padStart(6, '0')}`, at: nowMs - hoursAgo * hour },
      ...{ expected: [{ kind: 'cash', amountMinor: 10_500 }], varianceMinor: -500, reason: null },
      ...{ counted: [{ kind: 'cash', amountMinor: 10_000 }], denominations: [{ minor: 5000, count: 2 }] },
      ...{ leftMinor: 10_000, totals, grandTotalMinor: 20_000, chainHead: 'head' },
    },
  },
];
const totals = {
  ...{ sales: 1, salesMinor: 500, returns: 0, returnsMinor: 0, discountMinor: 0, cashRoundingMinor: 0 },
  ...{ payInMinor: 300, payOutMinor: 0, noSales: 0, taxes: [] },
};

const catalogue: Change[] = [
  {
    ...{ t: 'medicine', op: 'set', id: 'medicine-1' },
    cols: {
      ...{ kind: 'medicine', brand: 'Solvétine', generics: [], form: '', route: '', holder: '', tallMan: '' },
      ...{ scheduleClass: 'general', genericGroup: '', discountAllowed: true, registerRef: '' },
    },
  },
  ...[1, 2].map(
    (i): Change => ({
      ...{ t: 'pack', op: 'set', id: `pack-${i}` },
      cols: {
        ...{ medicineId: 'medicine-1', label: `box ${i}`, packSize: 16, baseUnit: 'tablet', breakable: true },
        ...{ taxClassId: 'tax', status: 'active', registerRef: '' },
      },
    }),
  ),
  {
    ...{ t: 'price', op: 'set', id: 'price-1' },
    cols: { packId: 'pack-1', storeId: null, priceMinor: 600, validFrom: '2026-01-01' },
  },
];
