import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Change } from '#shared/replica/changeset.ts';
import { bootstrapOrg } from '../auth/bootstrap.ts';
import { inTransaction } from '../store/pool.ts';
import { startTestDatabase, type TestDatabase } from '../store/test-database.ts';
import { writeChanges } from '../store/writer.ts';
import { searchCatalogue } from './search.ts';
import { readMedicine } from './search-medicine.ts';

let database: TestDatabase;
const medicine = (id: string, brand: string, generic: string, holder: string): Change => ({
  t: 'medicine',
  op: 'set',
  id,
  cols: {
    kind: 'medicine',
    brand,
    generics: [{ name: generic, strength: '500 mg' }],
    form: 'comprimé',
    route: 'orale',
    holder,
    scheduleClass: 'general',
    tallMan: '',
    genericGroup: '',
    discountAllowed: false,
    registerRef: `test:${id}`,
  },
});
const pack = (id: string, medicineId: string, code: string): Change[] => [
  {
    t: 'pack',
    op: 'set',
    id,
    cols: {
      medicineId,
      label: '16 comprimés',
      packSize: 16,
      baseUnit: 'tablet',
      breakable: true,
      taxClassId: 'tax',
      status: 'active',
      registerRef: `test:${id}`,
    },
  },
  { t: 'pack_code', op: 'set', id: `${id}-code`, cols: { packId: id, code } },
];
const price = (id: string, packId: string, priceMinor: number, validFrom: string): Change => ({
  t: 'price',
  op: 'set',
  id,
  cols: { packId, storeId: null, priceMinor, validFrom },
});

beforeAll(async () => {
  database = await startTestDatabase();
  await inTransaction(database.pool, async (client) => {
    await bootstrapOrg(client, { name: 'Corvelle', nowMs: 1_795_000_000_000 });
    await writeChanges(client, { actor: 'test', type: 'test' }, [
      medicine('m1', 'DOLOMYL 500 mg, comprimé', 'PARACÉTAMOL', 'Halden Santé'),
      medicine('m2', 'PARACÉTAMOL VALMONT 500 mg', 'PARACÉTAMOL', 'Valmont'),
      medicine('m3', 'GLUCODYNE 100 %_x', 'METFORMINE', 'Halden Santé'),
      ...pack('p1', 'm1', 'gtin:03400935291448'),
      ...pack('p2', 'm2', 'cip7:3529144'),
      ...pack('p3', 'm3', 'sku:ABC-1'),
      price('a', 'p1', 300, '2026-01-01'),
      price('b', 'p1', 320, '2026-10-01'),
      price('c', 'p1', 350, '2027-01-01'),
    ]);
  });
});
afterAll(() => database.stop());

const found = async (text: string) =>
  (await searchCatalogue(database.pool, { text, limit: 50, today: '2026-11-17' })).rows.map(
    (row) => row.packId,
  );

test('accents and case make no difference, names that begin so come first', async () => {
  expect(await found('paracetamol')).toEqual(['p2', 'p1']);
  expect(await found('PARACÉTAMOL')).toEqual(['p2', 'p1']);
});

test('every word must occur, wherever it stands', async () => {
  expect(await found('halden comprime')).toEqual(['p1', 'p3']);
  expect(await found('halden paracetamol')).toEqual(['p1']);
  expect(await found('halden aspirine')).toEqual([]);
});

test('a code is found from its beginning, a GTIN in 13 and in 14 digits', async () => {
  expect(await found('34009352914')).toEqual(['p1']);
  expect(await found('03400935291448')).toEqual(['p1']);
  expect(await found('3529144')).toEqual(['p2']);
  expect(await found('5291448')).toEqual([]);
});

test('the signs of a pattern are letters like others', async () => {
  expect(await found('%_x')).toEqual(['p3']);
  expect(await found('100_')).toEqual([]);
});

test('an empty text lists everything and says how much there is', async () => {
  const all = await searchCatalogue(database.pool, { text: ' ', limit: 2, today: '2026-11-17' });
  expect([all.total, all.rows.length]).toEqual([3, 2]);
});

test('the price is the one that is valid today', async () => {
  const { rows } = await searchCatalogue(database.pool, { text: 'dolomyl', limit: 1, today: '2026-11-17' });
  expect(rows[0]?.priceMinor).toBe(320);
  const medicine = await readMedicine(database.pool, 'm1', '2026-11-17');
  expect(medicine?.packs[0]?.prices.map((one) => one.priceMinor)).toEqual([350, 320, 300]);
  expect(await readMedicine(database.pool, 'nothing', '2026-11-17')).toBeNull();
});
