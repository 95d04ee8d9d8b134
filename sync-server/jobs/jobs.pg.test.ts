import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { bootstrapOrg } from '../auth/bootstrap.ts';
import { createPool, inTransaction } from '../store/pool.ts';
import { startTestDatabase, type TestDatabase } from '../store/test-database.ts';
import { archiveMonths } from './archive-months.ts';
import { type JobName, type Jobs, type JobsOptions, startJobs } from './jobs.ts';
import { tidyFiles } from './tidy-files.ts';

const patient = { timeout: 20_000 };
const NOW = Date.UTC(2026, 4, 15);

let database: TestDatabase;
let dataDir: string;
const running: Jobs[] = [];
beforeAll(async () => {
  database = await startTestDatabase();
  dataDir = mkdtempSync(join(tmpdir(), 'pestle-jobs-'));
  await inTransaction(database.pool, (client) => bootstrapOrg(client, { name: 'Test', nowMs: Date.now() }));
});
afterEach(async () => {
  for (const jobs of running.splice(0)) await jobs.stop();
});
afterAll(async () => {
  await database.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const start = async (over: Partial<JobsOptions> = {}): Promise<Jobs> => {
  const log = pino({ level: 'silent' });
  const jobs = await startJobs(
    {
      pool: database.pool,
      dataDir,
      log,
      now: () => NOW,
      archiveAfterMonths: 25,
      tellStockMinutes: 15,
      ...over,
    },
    { lookSeconds: 0.5 },
  );
  running.push(jobs);
  return jobs;
};
const done = async (name: JobName) =>
  (
    await database.pool.query<{ output: unknown }>(
      `SELECT output FROM pgboss.job WHERE name = $1 AND state = 'completed' ORDER BY completed_on`,
      [name],
    )
  ).rows.map(({ output }) => output);

const partitions = async (schema: string) =>
  (
    await database.pool.query<{ name: string }>(
      `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = $1 AND c.relname ~ '^change_log_[0-9]{4}_[0-9]{2}$' AND c.relkind = 'r' ORDER BY 1`,
      [schema],
    )
  ).rows.map(({ name }) => name);

/** A log of one changeset a month since January 2023, with a floor at the `floor`th. */
async function oldLog(scope: string, months: number, floor: number): Promise<void> {
  for (let i = 0; i < months; i++) {
    const at = new Date(Date.UTC(2023, i, 10));
    await database.pool.query('SELECT open_change_log_month($1)', [at]);
    await database.pool.query(
      `INSERT INTO change_log (scope, seq, epoch, device, inc, dseq, type, v, eff_hlc, hash, sig, envelope, at)
       VALUES ($1, $2, 'e', 'd', 1, $2, 'sale', 1, '0', 'h', 's', $3, $4)`,
      [scope, i + 1, `{"text":"line\\nline ${i}"}`, at],
    );
  }
  await database.pool.query('INSERT INTO scope_head (scope, seq, floor) VALUES ($1, $2, $3)', [
    scope,
    months,
    floor,
  ]);
}

test('a job asked for at two nodes is done by one of them, once', async () => {
  const other = createPool({ url: database.url, onError: () => {} });
  try {
    const nodes = await Promise.all([start(), start({ pool: other })]);
    await Promise.all(nodes.map((node) => node.runSoon('raise-floors')));
    await expect.poll(() => done('raise-floors'), patient).toHaveLength(1);
    await nodes[0]?.runSoon('open-log-months');
    await expect.poll(() => done('open-log-months'), patient).toHaveLength(1);
    expect(await done('raise-floors')).toHaveLength(1);
    const { rows } = await database.pool.query('SELECT name FROM pgboss.schedule ORDER BY name');
    expect(rows.map(({ name }) => name)).toEqual([
      'archive-log-months',
      'open-log-months',
      'purge-tombstones',
      'raise-floors',
      'seal-log',
      'tell-stock',
    ]);
    await Promise.all(running.splice(0).map((node) => node.stop()));
  } finally {
    await other.end();
  }
});

test('months of the log below every floor are written, read back and moved; what is above stays', async () => {
  await oldLog('store:a', 4, 3);
  await oldLog('store:b', 2, 2);
  const moved = await archiveMonths(database.pool, { dataDir, before: new Date(Date.UTC(2023, 11, 1)) });
  expect(moved).toEqual(['change_log_2023_01', 'change_log_2023_02', 'change_log_2023_03']);
  expect(await partitions('archive')).toEqual(moved);
  expect(await partitions('public')).toContain('change_log_2023_04');
  const lines = gunzipSync(readFileSync(join(dataDir, 'archive', 'change_log_2023_01.ndjson.gz')))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toMatchObject([
    { scope: 'store:a', seq: 1, envelope: '{"text":"line\\nline 0"}' },
    { scope: 'store:b', seq: 1 },
  ]);
  const beside = JSON.parse(readFileSync(join(dataDir, 'archive', 'change_log_2023_01.json'), 'utf8'));
  expect(beside).toMatchObject({ rows: 2, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  await expect(database.pool.query('DELETE FROM archive.change_log_2023_01')).rejects.toThrow('append-only');
  const again = await archiveMonths(database.pool, { dataDir, before: new Date(Date.UTC(2023, 11, 1)) });
  expect(again).toEqual([]);
});

test('a month younger than the age, or one whose file cannot be written, stays in the log', async () => {
  await database.pool.query(`UPDATE scope_head SET floor = seq WHERE scope = 'store:a'`);
  expect(await archiveMonths(database.pool, { dataDir, before: new Date(Date.UTC(2023, 3, 20)) })).toEqual(
    [],
  );
  const blocked = join(dataDir, 'blocked');
  writeFileSync(blocked, 'a file where a folder should be');
  const before = new Date(Date.UTC(2023, 5, 1));
  await expect(archiveMonths(database.pool, { dataDir: blocked, before })).rejects.toThrow();
  expect(await partitions('public')).toContain('change_log_2023_04');
  const jobs = await start();
  await jobs.runSoon('archive-log-months');
  await expect.poll(() => done('archive-log-months'), patient).toEqual([{ moved: ['change_log_2023_04'] }]);
});

test('files that lay for a week go, and what announces them first; younger ones and the archive stay', async () => {
  const snapshots = join(dataDir, 'snapshots');
  mkdirSync(snapshots, { recursive: true });
  const old = new Date(NOW - 8 * 86_400_000);
  for (const name of ['a.json', 'a.ndjson.gz', 'b.ndjson.gz.0f3c']) {
    writeFileSync(join(snapshots, name), '');
    utimesSync(join(snapshots, name), old, old);
  }
  writeFileSync(join(snapshots, 'c.ndjson.gz'), '');
  utimesSync(join(snapshots, 'c.ndjson.gz'), new Date(NOW), new Date(NOW));
  const upload = join(dataDir, 'uploads', 'u1');
  mkdirSync(upload, { recursive: true });
  writeFileSync(join(upload, 'register.csv'), '');
  utimesSync(upload, old, old);
  const archived = readdirSync(join(dataDir, 'archive'));
  expect(await tidyFiles(dataDir, NOW)).toBe(4);
  expect(readdirSync(join(dataDir, 'uploads'))).toEqual([]);
  expect(readdirSync(snapshots)).toEqual(['c.ndjson.gz']);
  expect(readdirSync(join(dataDir, 'archive'))).toEqual(archived);
});
