import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootstrapOrg } from '../auth/bootstrap.ts';
import { inTransaction } from '../store/pool.ts';
import { startTestDatabase, type TestDatabase } from '../store/test-database.ts';
import { writeChanges } from '../store/writer.ts';
import { getSale } from './get.ts';
import { listSales, saleCursor } from './list.ts';
import { dice, type SampleSale, sampleSale, sampleStores, storeId } from './test-support.ts';
import { createSalesWatch } from './watch.ts';

const noon = Date.parse('2026-11-17T12:00:00Z');
const roll = dice(7);
const sales: SampleSale[] = [];
let database: TestDatabase;
let n = 0;

async function sell(at: number): Promise<SampleSale> {
  n += 1;
  const sale = sampleSale(roll, { n, store: 1 + roll(2), at, businessDate: '2026-11-17' });
  await inTransaction(database.pool, (client) =>
    writeChanges(client, { actor: 'test', type: 'sale' }, sale.changes),
  );
  sales.push(sale);
  return sale;
}

beforeAll(async () => {
  database = await startTestDatabase();
  await inTransaction(database.pool, async (client) => {
    await bootstrapOrg(client, { name: 'Corvelle', nowMs: noon });
    await writeChanges(client, { actor: 'test', type: 'test' }, sampleStores(2));
  });
  // Several at one instant: the page must not lose one between two of them.
  for (let i = 0; i < 23; i++) await sell(noon + Math.floor(i / 4) * 1_000);
});
afterAll(() => database.stop());

test('pages follow each other without a gap or a repeat, the latest first', async () => {
  const seen: string[] = [];
  let before: string | undefined;
  for (;;) {
    const { rows, more } = await listSales(database.pool, { before, limit: 5 });
    seen.push(...rows.map((row) => row.saleId));
    const last = rows.at(-1);
    if (!more || !last) break;
    before = saleCursor(last);
  }
  const expected = sales.toSorted((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1)).map((sale) => sale.id);
  expect(seen).toEqual(expected);
});

test('a page is not moved by what comes in above it', async () => {
  const first = await listSales(database.pool, { limit: 5 });
  const last = first.rows.at(-1);
  if (!last) throw new Error('no sale');
  const wanted = (await listSales(database.pool, { before: saleCursor(last), limit: 5 })).rows;
  await sell(noon + 3_600_000);
  expect((await listSales(database.pool, { before: saleCursor(last), limit: 5 })).rows).toEqual(wanted);
});

test('the list can be of one store and one day', async () => {
  const { rows } = await listSales(database.pool, {
    storeId: storeId(1),
    businessDate: '2026-11-17',
    limit: 200,
  });
  expect(rows.length).toBe(sales.filter((sale) => sale.storeId === storeId(1)).length);
  expect((await listSales(database.pool, { businessDate: '2026-11-18', limit: 5 })).rows).toEqual([]);
});

test('a sale is told with its lines, taxes and the changeset that brought it', async () => {
  const sale = await sell(noon + 7_200_000);
  const found = await getSale(database.pool, sale.id);
  expect(found).toMatchObject({
    saleId: sale.id,
    totalMinor: sale.totalMinor,
    changeMinor: sale.changeMinor,
  });
  expect(found?.lines.map((line) => line.lineNo)).toEqual(found?.lines.map((_, i) => i + 1));
  expect(found?.lines.reduce((sum, line) => sum + line.amountMinor, 0)).toBe(sale.totalMinor);
  expect(found?.taxes.map(({ taxPct3, taxMinor }) => [taxPct3, taxMinor])).toEqual(
    expect.arrayContaining(sale.taxes.map(({ taxPct3, taxMinor }) => [taxPct3, taxMinor])),
  );
  const { rows } = await database.pool.query<{ seq: number; hash: string }>(
    `SELECT seq, hash FROM change_log WHERE envelope LIKE '%"' || $1 || '"%'`,
    [sale.id],
  );
  expect(rows).toEqual([{ seq: found?.path?.seq, hash: found?.path?.hash }]);
  expect(found?.path?.verdict).toBe('accepted');
});

test('a sale is told with why it cost less, what came back of it and the shift it was in', async () => {
  const [plain, other] = sales;
  if (!plain || !other) throw new Error('no sale');
  const row = other.changes.find((change) => change.t === 'sale' && change.op === 'insert');
  const id = `${other.id}:again`;
  const of = { storeId: other.storeId, saleId: id };
  await inTransaction(database.pool, (client) =>
    writeChanges(client, { actor: 'test', type: 'sale' }, [
      ...(row?.op === 'insert'
        ? [{ ...row, row: { ...row.row, id, customerId: 'customer-1', shiftId: 'shift-1' } }]
        : []),
      {
        ...{ t: 'discount_note', op: 'insert' },
        row: {
          ...{ id: 'note-1', ...of, saleLineId: null, kind: 'cart', offerId: null, amountMinor: 120 },
          ...{ reason: 'damaged', authorisedBy: 'manager' },
        },
      },
      {
        ...{ t: 'sale_return', op: 'insert' },
        row: {
          ...{
            id: 'return-1',
            ...of,
            tillId: 'till',
            returnNo: 'S01-T01AR-000001',
            returnSeries: 'S01-T01AR',
          },
          ...{ returnN: 1, at: noon, businessDate: '2026-11-17', cashierId: 'nobody', kind: 'return' },
          ...{ reason: 'unopened', currency: 'EUR', taxMode: 'inclusive', lineCount: 0, taxMinor: 0 },
          ...{ totalMinor: 250, cashRoundingMinor: 0 },
        },
      },
    ]),
  );
  expect(await getSale(database.pool, plain.id)).toMatchObject({
    ...{ hasCustomer: false, shift: null, discounts: [], returns: [] },
  });
  expect(await getSale(database.pool, id)).toMatchObject({
    hasCustomer: true,
    shift: { shiftId: 'shift-1', closeId: null, zNo: null },
    discounts: [{ kind: 'cart', lineNo: null, amountMinor: 120, reason: 'damaged', authorisedBy: 'manager' }],
    returns: [{ returnNo: 'S01-T01AR-000001', totalMinor: 250, reason: 'unopened', by: '' }],
  });
});

test('an unknown sale is none', async () => {
  expect(await getSale(database.pool, 'nothing')).toBeNull();
});

test('whoever watches is told of each new sale once, however old it is', async () => {
  let changed = () => {};
  const watch = createSalesWatch({
    pool: database.pool,
    onChange: (listener) => {
      changed = listener;
      return () => {
        changed = () => {};
      };
    },
  });
  const stopped = new AbortController();
  const events = watch.arrivals(stopped.signal);
  expect((await events.next()).value).toEqual([]);
  const next = events.next();
  await database.pool.query('SELECT 1');
  const sale = await sell(noon - 86_400_000 * 6);
  changed();
  const told = (await next).value;
  expect(Array.isArray(told) && told.map((row) => row.saleId)).toEqual([sale.id]);
  stopped.abort();
  await expect(events.next()).rejects.toThrow();
});
