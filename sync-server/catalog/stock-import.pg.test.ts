import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stockTemplate } from '#shared/inventory/stock-import-profile.ts';
import { createIds } from '#shared/kernel/ids.ts';
import { startTestDatabase, type TestDatabase } from '../store/test-database.ts';
import { createImports, type Imports } from './imports.ts';
import { temporaryFolder, writeRows } from './test-support.ts';

let database: TestDatabase;
let jobs: Imports;
const clock = { nowMs: () => Date.UTC(2026, 10, 18, 1) };
const ids = createIds({ clock, random: { bytes: (n) => crypto.getRandomValues(new Uint8Array(n)) } });

beforeAll(async () => {
  database = await startTestDatabase();
  jobs = createImports({
    pool: database.pool,
    dataDir: await temporaryFolder(),
    clock,
    ids,
    writeChanges: (client, _actor, _type, changes) => writeRows(client, changes),
  });
  await database.pool.query(`insert into store (id, code, name, address_lines, licence, tax_number, receipt_footer, zone, day_start_hour, currency,
      minor_digits, cash_step_minor, tax_mode, min_shelf_life_days, language, deleted, stamps)
    values ('store-1', 'S01', 'One', '[]', '', '', '', 'Europe/Paris', 4, 'EUR', 2, 1, 'inclusive', 0, 'fr', false, '{}')`);
  await database.pool.query(`insert into pack (id, medicine_id, label, pack_size, base_unit, breakable, tax_class_id, status, register_ref, deleted, stamps)
    values ('pack-1', 'm', '', 30, 'tablet', true, 't', 'active', '', false, '{}')`);
  await database.pool.query(
    `insert into pack_code (id, pack_id, code, deleted, stamps) values ('c1', 'pack-1', 'gtin:09990000000012', false, '{}')`,
  );
});
afterAll(() => database.stop());

async function run(text: string) {
  const path = join(await temporaryFolder(), 'stock.csv');
  await writeFile(path, text);
  const started = await jobs.start({ kind: 'stock', paths: [path], profile: stockTemplate, startedBy: 'p' });
  if (!started.ok) throw new Error(started.error.problem);
  await jobs.settled(started.value.id);
  await jobs.apply(started.value.id, 'person-9');
  await jobs.settled(started.value.id);
  const view = await jobs.view(started.value.id);
  return {
    id: started.value.id,
    state: view?.state,
    created: view?.summary?.created,
    issues: view?.summary?.samples
      .map((s) => [s.line, s.column, s.code])
      .toSorted((a, b) => Number(a[0]) - Number(b[0])),
  };
}

const stock = `store,pack,batch,expiry,quantity,cost
S01,9990000000012,kx 220-a,2027-11-30,2,3.10
s01,09990000000012,KX220-A,11/2027,1,3.10
S01,9990000000012,B7,02/2028,5,
S02,9990000000012,B7,02/2028,5,1
S01,9990000000029,B7,02/2028,5,1
S01,9990000000012,,02/2028,5,1
S01,9990000000012,B8,13/2028,5,1
S01,9990000000012,B8,02/2028,2.5,1
S01,9990000000012,B8,02/2028,5,dear
S01,9990000000012,b7,03/2028,5,1
`;

test('opening stock becomes batches and receive movements; what is wrong stays out with its reason', async () => {
  const result = await run(stock);
  expect(result).toMatchObject({
    state: 'applied',
    created: 3,
    issues: [
      [5, 'store', 'no-store'],
      [6, 'pack', 'unknown-pack'],
      [7, 'batch', 'bad-batch'],
      [8, 'expiry', 'bad-expiry'],
      [9, 'quantity', 'not-a-quantity'],
      [10, 'cost', 'bad-cost'],
      [11, 'expiry', 'other-expiry'],
    ],
  });
  const batches = await database.pool.query(
    'select code, expires_on, cost_minor, cost_qty_base from batch order by code',
  );
  expect(batches.rows).toEqual([
    { code: 'B7', expires_on: '2028-02-29', cost_minor: 0, cost_qty_base: 30 },
    { code: 'KX220-A', expires_on: '2027-11-30', cost_minor: 310, cost_qty_base: 30 },
  ]);
  const moves = await database.pool.query(
    'select kind, qty_base, document_id, document_line, business_date, actor_id from stock_movement order by document_line',
  );
  const common = {
    kind: 'receive',
    document_id: result.id,
    business_date: '2026-11-17',
    actor_id: 'person-9',
  };
  expect(moves.rows).toEqual([
    { ...common, qty_base: 60, document_line: 2 },
    { ...common, qty_base: 30, document_line: 3 },
    { ...common, qty_base: 150, document_line: 4 },
  ]);
});

test('the same stock file again books nothing', async () => {
  const count = async () => (await database.pool.query('select count(*) as n from stock_movement')).rows[0];
  const before = await count();
  const again = await run(stock);
  expect(again.created).toBe(0);
  expect(again.issues?.filter(([, , code]) => code === 'already-imported').map(([line]) => line)).toEqual([
    2, 3, 4,
  ]);
  expect(await count()).toEqual(before);
});
