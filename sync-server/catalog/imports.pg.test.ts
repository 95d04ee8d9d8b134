import { readFile, writeFile } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { gs1CheckDigit } from '#shared/catalog/gtin.ts';
import { createIds } from '#shared/kernel/ids.ts';
import { startTestDatabase, type TestDatabase } from '../store/test-database.ts';
import type { FullSummary } from './import-summary.ts';
import { createImports, type ImportDeps, type Imports } from './imports.ts';
import { bdpmProfile } from './profiles/bdpm.ts';
import {
  fixtureRegister,
  hasRealRegister,
  laterIssue,
  realRegister,
  temporaryFolder,
  writeRows,
} from './test-support.ts';

let database: TestDatabase;
let dataDir: string;
let nowMs = Date.UTC(2022, 5, 3, 12);
const clock = { nowMs: () => nowMs };
const ids = createIds({ clock, random: { bytes: (n) => crypto.getRandomValues(new Uint8Array(n)) } });

beforeAll(async () => {
  database = await startTestDatabase();
  dataDir = await temporaryFolder();
});
afterAll(() => database.stop());
beforeEach(async () => {
  nowMs = Date.UTC(2022, 5, 3, 12);
  await database.pool.query(
    'truncate medicine, pack, pack_code, price, tax_class, tax_rate, batch, import_job',
  );
});

const importsWith = (writeChanges: ImportDeps['writeChanges']): Imports =>
  createImports({ pool: database.pool, dataDir, clock, ids, writeChanges });
const imports = () =>
  importsWith((client, _actor, _type, changes, written) => writeRows(client, changes, written));

async function checked(jobs: Imports, path: string): Promise<{ id: string; summary: FullSummary }> {
  const started = await jobs.start({
    kind: 'catalogue',
    paths: [path],
    profile: bdpmProfile,
    startedBy: 'person-1',
  });
  if (!started.ok) throw new Error(started.error.problem);
  await jobs.settled(started.value.id);
  const { rows } = await database.pool.query<{ summary: { summary: FullSummary; failure: unknown } }>(
    'select summary from import_job where id = $1',
    [started.value.id],
  );
  const summary = rows[0]?.summary.summary;
  if (!summary) throw new Error(JSON.stringify(rows[0]));
  return { id: started.value.id, summary };
}

async function applied(jobs: Imports, path: string): Promise<FullSummary> {
  const { id, summary } = await checked(jobs, path);
  expect(await jobs.apply(id, 'person-1')).toEqual({ ok: true, value: null });
  await jobs.settled(id);
  expect(await jobs.view(id)).toMatchObject({ state: 'applied', failure: null, rowsDone: summary.edits });
  return summary;
}

const outcomes = ({ created, withdrawn, repriced, restated, unchanged }: FullSummary) => ({
  created,
  withdrawn,
  repriced,
  restated,
  unchanged,
});
const count = async (table: string, where = 'true') =>
  Number((await database.pool.query(`select count(*) as n from ${table} where ${where}`)).rows[0].n);
const image = async () =>
  JSON.stringify(
    await Promise.all(
      ['medicine', 'pack', 'pack_code', 'price', 'tax_class', 'tax_rate', 'batch'].map(
        async (t) => (await database.pool.query(`select * from ${t} order by id`)).rows,
      ),
    ),
  );

test('a dry run writes nothing; applying writes all of it', async () => {
  const jobs = imports();
  const { id, summary } = await checked(jobs, fixtureRegister);
  expect(outcomes(summary)).toEqual({ created: 9, withdrawn: 0, repriced: 0, restated: 0, unchanged: 0 });
  expect(await count('pack')).toBe(0);
  await jobs.apply(id, 'person-1');
  await jobs.settled(id);
  expect([
    await count('pack'),
    await count('medicine'),
    await count('pack_code'),
    await count('price'),
  ]).toEqual([9, 6, 18, 7]);
  expect(await count('price', "store_id is null and valid_from = '2022-06-03'")).toBe(7);
  expect(await jobs.apply(id, 'person-1')).toEqual({
    ok: false,
    error: { code: 'WRONG_STATE', state: 'applied' },
  });
});

test('prices imported after midnight count at once in a store whose day in the books is still yesterday', async () => {
  await database.pool.query(
    `insert into store (id, code, name, address_lines, licence, tax_number, receipt_footer, zone, day_start_hour, currency,
       minor_digits, cash_step_minor, tax_mode, min_shelf_life_days, language, deleted, stamps)
     values ('night', 'S01', 'Night', '[]', '', '', '', 'Europe/Paris', 4, 'EUR', 2, 1, 'inclusive', 0, 'fr', false, '{}')`,
  );
  nowMs = Date.UTC(2022, 5, 2, 22, 30);
  await applied(imports(), fixtureRegister);
  expect(await count('price', "valid_from = '2022-06-02'")).toBe(7);
  await database.pool.query(`delete from store where id = 'night'`);
});

test('the same register again changes nothing', async () => {
  const jobs = imports();
  await applied(jobs, fixtureRegister);
  const before = await image();
  nowMs += 40 * 86_400_000;
  const again = await applied(jobs, fixtureRegister);
  expect(outcomes(again)).toEqual({ created: 0, withdrawn: 0, repriced: 0, restated: 0, unchanged: 9 });
  expect(again.edits).toBe(0);
  expect(await image()).toBe(before);
});

test('a later register brings new, withdrawn, repriced and restated packs and touches no stock', async () => {
  const jobs = imports();
  await applied(jobs, fixtureRegister);
  const stocked = (
    await database.pool.query("select id from pack where label like '%16 comprim%' order by id")
  ).rows.map((row) => row.id);
  for (const id of stocked) {
    await database.pool.query(
      `insert into batch (id, store_id, pack_id, code, expires_on, received_at, cost_minor, cost_qty_base, deleted, stamps)
       values ($1, 's', $2, 'A1', '2027-01-31', 0, 0, 1, false, '{}')`,
      [`batch-${id}`, id],
    );
  }
  const batches = (await database.pool.query('select * from batch order by id')).rows;
  nowMs = Date.UTC(2022, 8, 1, 12);
  const later = await laterIssue(fixtureRegister, {
    'CIS_CIP_bdpm.txt': [
      ['\t2,18\t3,20\t1,02', '\t1,98\t3,00\t1,02'],
      ['1 flacon(s) compte-gouttes de 10 ml', '2 flacon(s) compte-gouttes de 10 ml'],
      ['90000004\t9000041', '90000098\t9000041'],
      ['sur devis\t\t', '9,99\t11,01\t1,02'],
      ['90000099\t9000991', '90000001\t9000991'],
      ['30 g\xe9lules\tPr\xe9sentation active', '30 g\xe9lules\tPr\xe9sentation abrog\xe9e'],
    ],
    'CIS_bdpm.txt': [['RARISSIME 40', 'RARISSIMUM 40']],
  });
  const summary = await applied(jobs, later);
  expect(outcomes(summary)).toEqual({ created: 1, withdrawn: 1, repriced: 2, restated: 2, unchanged: 3 });
  // The one whose medicine is gone is kept out, and because the file still names it, it is not withdrawn either.
  expect(await count('pack', "status = 'active' and label like '20 x 1%'")).toBe(1);
  expect(summary.firsts.repriced.map((step) => [step.priceWas, step.priceIs])).toEqual([
    [218, 198],
    [null, 999],
  ]);
  expect(await count('pack')).toBe(10);
  expect(await count('pack', "status = 'withdrawn'")).toBe(2);
  const prices = await database.pool.query(
    "select price_minor as p, valid_from as d from price join pack on pack.id = pack_id where label like '%PVC-Aluminium de 16%' order by d",
  );
  expect(prices.rows).toEqual([
    { p: 218, d: '2022-06-03' },
    { p: 198, d: '2022-09-01' },
  ]);
  expect((await database.pool.query('select * from batch order by id')).rows).toEqual(batches);
  expect(await count('medicine', "brand like 'RARISSIMUM%'")).toBe(1);
});

test('a pack that is missing is withdrawn and comes back with its ids', async () => {
  const jobs = imports();
  await applied(jobs, fixtureRegister);
  const line = (await readFile(`${fixtureRegister}/CIS_CIP_bdpm.txt`, 'latin1')).split('\n')[1] ?? '';
  const later = await laterIssue(fixtureRegister, { 'CIS_CIP_bdpm.txt': [[`${line}\n`, '']] });
  expect(outcomes(await applied(jobs, later))).toMatchObject({ withdrawn: 1, unchanged: 8 });
  expect(outcomes(await applied(jobs, fixtureRegister))).toMatchObject({
    created: 0,
    restated: 1,
    unchanged: 8,
  });
  expect(await count('pack', "status = 'active'")).toBe(8);
});

test('a pack whose row is damaged is not taken for withdrawn', async () => {
  const jobs = imports();
  await applied(jobs, fixtureRegister);
  const later = await laterIssue(fixtureRegister, {
    'CIS_CIP_bdpm.txt': [
      ['15%\t4,10\t5,12\t1,02\t', '15%'],
      ['oui\t65%\t2,18', 'oui\ta\tb\tc\t65%\t2,18'],
    ],
  });
  expect(outcomes(await applied(jobs, later))).toEqual({
    created: 0,
    withdrawn: 0,
    repriced: 0,
    restated: 0,
    unchanged: 7,
  });
});

test('a size that stock is counted in stays, and a size set by hand is not undone by a label that says none', async () => {
  const jobs = imports();
  await applied(jobs, fixtureRegister);
  const id = (await database.pool.query("select id from pack where label like '%compte-gouttes%'")).rows[0]
    .id;
  await database.pool.query(
    `insert into batch (id, store_id, pack_id, code, expires_on, received_at, cost_minor, cost_qty_base, deleted, stamps)
     values ('b', 's', $1, 'A1', '2027-01-31', 0, 0, 1, false, '{}')`,
    [id],
  );
  await database.pool.query(
    "update pack set pack_size = 6 where label like '%flacon(s) en verre - 1 ampoule%'",
  );
  const later = await laterIssue(fixtureRegister, {
    'CIS_CIP_bdpm.txt': [['1 flacon(s) compte', '2 flacon(s) compte']],
  });
  const summary = await applied(jobs, later);
  expect(summary.issues.find((issue) => issue.code === 'size-kept')?.count).toBe(1);
  expect(outcomes(summary)).toMatchObject({ restated: 1, unchanged: 8 });
  expect(await count('pack', "label like '2 flacon%' and pack_size = 1")).toBe(1);
  expect(await count('pack', 'pack_size = 6')).toBe(1);
});

test('a failure in the middle of applying leaves nothing behind', async () => {
  const failing = importsWith(async (client, _actor, _type, changes) => {
    await writeRows(client, changes.slice(0, 20));
    await client.query('select pg_terminate_backend(pg_backend_pid())');
  });
  const { id } = await checked(failing, fixtureRegister);
  await failing.apply(id, 'person-1');
  await failing.settled(id);
  expect(await failing.view(id)).toMatchObject({ state: 'failed' });
  expect([await count('pack'), await count('medicine'), await count('tax_class')]).toEqual([0, 0, 0]);
});

test('cancelling while it applies rolls everything back', async () => {
  let halfway = () => {};
  let goOn: () => void = () => {};
  const reached = new Promise<void>((done) => {
    halfway = done;
  });
  const held = new Promise<void>((done) => {
    goOn = done;
  });
  const jobs = importsWith(async (client, _actor, _type, changes, written) => {
    await writeRows(client, changes.slice(0, 20));
    halfway();
    await held;
    written?.(20);
  });
  const { id } = await checked(jobs, fixtureRegister);
  await jobs.apply(id, 'person-1');
  await reached;
  await jobs.cancel(id);
  goOn();
  await jobs.settled(id);
  expect(await jobs.view(id)).toMatchObject({ state: 'cancelled' });
  expect(await count('pack')).toBe(0);
});

test('a checked import is applied by another process from its files', async () => {
  const { id } = await checked(imports(), fixtureRegister);
  const other = imports();
  expect(await other.apply(id, 'person-2')).toEqual({ ok: true, value: null });
  await other.settled(id);
  expect(await count('pack')).toBe(9);
});

test('a job whose process died is marked failed at the next start', async () => {
  const { id } = await checked(imports(), fixtureRegister);
  await database.pool.query("update import_job set state = 'applying' where id = $1", [id]);
  const next = imports();
  expect(await next.recover()).toBe(1);
  expect(await next.view(id)).toMatchObject({ state: 'failed', failure: '{"code":"INTERRUPTED"}' });
  expect(await next.recover()).toBe(0);
});

test('a file that is no table fails the job with its reason', async () => {
  const jobs = imports();
  const started = await jobs.start({
    kind: 'catalogue',
    paths: [dataDir],
    profile: bdpmProfile,
    startedBy: 'p',
  });
  const id = started.ok ? started.value.id : '';
  await jobs.settled(id);
  expect(await jobs.view(id)).toMatchObject({
    state: 'failed',
    failure: '{"code":"FILE_MISSING","file":"CIS_bdpm*"}',
  });
});

test('all issues can be read in the CSV file', async () => {
  const jobs = imports();
  const { id } = await checked(jobs, fixtureRegister);
  const lines = (await readFile(jobs.issuesPath(id), 'utf8')).trimEnd().split('\n');
  expect(lines[0]).toBe('file,line,column,severity,code,outcome,details');
  expect(lines).toContain('CIS_CIP_bdpm.txt,3,total,warning,other-total,field-left-empty,sum=302; total=341');
});

test.runIf(hasRealRegister)(
  'the real register comes in whole while HQ goes on serving',
  { timeout: 120_000 },
  async () => {
    const jobs = imports();
    const delay = monitorEventLoopDelay({ resolution: 2 });
    delay.enable();
    const from = performance.now();
    const { id, summary } = await checked(jobs, realRegister);
    const readMs = performance.now() - from;
    const readDelayMs = delay.max / 1e6;
    expect(outcomes(summary)).toEqual({
      created: 20_739,
      withdrawn: 0,
      repriced: 0,
      restated: 0,
      unchanged: 0,
    });
    await jobs.apply(id, 'p');
    await jobs.settled(id);
    const allMs = performance.now() - from;
    console.info(
      `real register: read and diff ${Math.round(readMs)} ms, with apply ${Math.round(allMs)} ms; longest slice while reading ${Math.round(readDelayMs)} ms`,
    );
    expect(await count('pack')).toBe(20_739);
    expect(readMs).toBeLessThan(10_000);
    delay.reset();
    const again = await checked(jobs, realRegister);
    console.info(`the same again: longest slice ${Math.round(delay.max / 1e6)} ms`);
    expect(again.summary.edits).toBe(0);

    nowMs = Date.UTC(2022, 8, 1, 12);
    const later = await applied(jobs, await laterRealIssue());
    expect(outcomes(later)).toEqual({
      created: 5,
      withdrawn: 30,
      repriced: 40,
      restated: 10,
      unchanged: 20_739 - 80,
    });
    expect(await count('price', "valid_from = '2022-09-01'")).toBe(45);
    expect(later.issues.find((issue) => issue.code === 'no-medicine')?.count).toBe(8);
  },
);

/** The real register as a later issue: 30 packs gone, 40 with another price, 10 with another label, 5 new ones. */
async function laterRealIssue(): Promise<string> {
  const folder = await laterIssue(realRegister, {});
  const path = `${folder}/CIS_CIP_bdpm.txt`;
  const rows = (await readFile(path, 'latin1'))
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => line.split('\t'));
  const priced = rows.filter((row) => row[9] !== '' && !row[3]?.includes('abrog') && row[4]?.startsWith('D'));
  const gone = new Set(priced.slice(0, 30));
  for (const row of priced.slice(30, 70)) row[9] = '77,77';
  for (const row of priced.slice(70, 80)) row[2] = `nouvelle ${row[2]}`;
  const fresh = priced.slice(100, 105).map((row, i) => {
    const body = `99900000002${i}`;
    return row.with(6, body + gs1CheckDigit(body)).with(1, `999002${i}`);
  });
  const lines = [...rows.filter((row) => !gone.has(row)), ...fresh].map((row) => row.join('\t'));
  await writeFile(path, Buffer.from(`${lines.join('\n')}\n`, 'latin1'));
  return folder;
}
