import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootstrapOrg } from '../auth/bootstrap.ts';
import { dice, type SampleSale, sampleSale, sampleStores, storeId, tillId } from '../sales/test-support.ts';
import { inTransaction } from '../store/pool.ts';
import { startTestDatabase, type TestDatabase } from '../store/test-database.ts';
import { writeChanges } from '../store/writer.ts';
import { readDay } from './day.ts';

const DAY = '2026-11-17';
const noon = Date.parse('2026-11-17T12:00:00Z');
const sales: SampleSale[] = [];
let database: TestDatabase;

beforeAll(async () => {
  database = await startTestDatabase();
  const roll = dice(20261117);
  await inTransaction(database.pool, async (client) => {
    await bootstrapOrg(client, { name: 'Corvelle', nowMs: noon });
    await writeChanges(client, { actor: 'test', type: 'test' }, sampleStores(4));
  });
  for (let n = 1; n <= 120; n++) {
    const other = n % 7 === 0;
    sales.push(
      sampleSale(roll, { n, store: 1 + roll(3), at: noon + n, businessDate: other ? '2026-11-16' : DAY }),
    );
  }
  await inTransaction(database.pool, (client) =>
    writeChanges(
      client,
      { actor: 'test', type: 'sale' },
      sales.flatMap((sale) => sale.changes),
    ),
  );
});
afterAll(() => database.stop());

test('the day report is the sum of the receipts of the day, store by store', async () => {
  const report = await readDay(database.pool, DAY);
  expect(report.map((day) => day.storeCode)).toEqual(['S01', 'S02', 'S03', 'S04']);
  for (const day of report) {
    const own = sales.filter((sale) => sale.businessDate === DAY && sale.storeId === day.storeId);
    const sum = (of: (sale: SampleSale) => number) => own.reduce((total, sale) => total + of(sale), 0);
    expect(day).toMatchObject({
      sales: own.length,
      totalMinor: sum((sale) => sale.totalMinor),
      taxMinor: sum((sale) => sale.taxMinor),
      netMinor: sum((sale) => sale.totalMinor - sale.taxMinor),
      discountMinor: sum((sale) => sale.discountMinor),
      cashRoundingMinor: sum((sale) => sale.cashRoundingMinor),
    });
    const taxes = new Map<string, [number, number]>();
    for (const tax of own.flatMap((sale) => sale.taxes)) {
      const [base, amount] = taxes.get(String(tax.taxPct3)) ?? [0, 0];
      taxes.set(String(tax.taxPct3), [base + tax.baseMinor, amount + tax.taxMinor]);
    }
    expect(new Map(day.taxes.map((tax) => [String(tax.taxPct3), [tax.baseMinor, tax.taxMinor]]))).toEqual(
      taxes,
    );
    const tenders = new Map<string, number>();
    for (const sale of own) {
      for (const { kind, amountMinor } of sale.tenders)
        tenders.set(kind, (tenders.get(kind) ?? 0) + amountMinor);
      if (sale.changeMinor > 0) tenders.set('cash', (tenders.get('cash') ?? 0) - sale.changeMinor);
    }
    expect(new Map(day.tenders.map((tender) => [tender.kind, tender.amountMinor]))).toEqual(tenders);
  }
});

test('what was paid is the total and the cash rounding', async () => {
  for (const day of await readDay(database.pool, DAY)) {
    const paid = day.tenders.reduce((sum, tender) => sum + tender.amountMinor, 0);
    expect(paid).toBe(day.totalMinor + day.cashRoundingMinor);
  }
});

test('a day without a sale is a row of zeros, not a missing store', async () => {
  const [first] = await readDay(database.pool, '2026-01-01');
  expect(first).toMatchObject({
    storeCode: 'S01',
    sales: 0,
    totalMinor: 0,
    taxes: [],
    tenders: [],
    complete: false,
  });
});

test('a store reaches as far as the till that is furthest behind, and is complete only after its day has ended', async () => {
  const enrol = async (
    till: number,
    device: string,
    contact: readonly [number, number, number | null] | null,
  ) => {
    await inTransaction(database.pool, (client) =>
      writeChanges(client, { actor: 'test', type: 'test' }, [
        {
          t: 'device',
          op: 'set',
          id: device,
          cols: {
            tillId: tillId(1, till),
            storeId: storeId(1),
            publicKey: '',
            inc: 1,
            enrolledAt: noon,
            revoked: false,
          },
        },
      ]),
    );
    if (contact)
      await database.pool.query(
        'INSERT INTO device_contact (device, seen_at, waiting, oldest_at) VALUES ($1, $2, $3, $4)',
        [device, ...contact],
      );
  };
  const first = async () => (await readDay(database.pool, DAY))[0];
  const nextNoon = noon + 86_400_000;
  await enrol(1, 'd1', [nextNoon, 0, null]);
  expect(await first()).toMatchObject({ dataTo: nextNoon, complete: true });
  await enrol(2, 'd2', [nextNoon, 3, noon + 1_000]);
  expect(await first()).toMatchObject({ dataTo: noon + 1_000, complete: false });
  await database.pool.query("UPDATE device_contact SET waiting = 0, oldest_at = NULL WHERE device = 'd2'");
  expect(await first()).toMatchObject({ dataTo: nextNoon, complete: true });
  await database.pool.query("DELETE FROM device_contact WHERE device = 'd2'");
  expect(await first()).toMatchObject({ dataTo: null, complete: false });
});
