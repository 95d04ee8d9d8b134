import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootstrapOrg } from '../auth/bootstrap.ts';
import { type AheadClaim, createAheadOfUs, openNewEpoch } from './epoch.ts';
import { keepEpochMark } from './epoch-mark.ts';
import { createPool, inTransaction } from './pool.ts';
import { startTestDatabase, type TestDatabase } from './test-database.ts';
import { writeChanges } from './writer.ts';

let database: TestDatabase;
let dataDir: string;
const pools: pg.Pool[] = [];
beforeAll(async () => {
  database = await startTestDatabase();
  dataDir = mkdtempSync(join(tmpdir(), 'pestle-mark-'));
  await inTransaction(database.pool, (client) => bootstrapOrg(client, { name: 'Test', nowMs: Date.now() }));
});
afterAll(async () => {
  for (const pool of pools) await pool.end();
  await database.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

let copies = 0;
/** A copy of the database as it is now: what a restored backup is later. */
async function backup(): Promise<pg.Pool> {
  const name = `backup_${++copies}`;
  const url = new URL(database.url);
  url.pathname = '/postgres';
  const admin = new pg.Client({ connectionString: url.href });
  await admin.connect();
  await admin.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'pestle'`);
  await admin.query(`CREATE DATABASE ${name} TEMPLATE pestle`);
  await admin.end();
  url.pathname = `/${name}`;
  const pool = createPool({ url: url.href, onError: () => {} });
  pools.push(pool);
  return pool;
}

let settings = 0;
const write = (pool = database.pool) =>
  inTransaction(pool, (client) =>
    writeChanges(client, { actor: 'test', type: 'setting' }, [
      { t: 'setting', op: 'set', id: `s${++settings}`, cols: { storeId: null, key: 'k', value: settings } },
    ]),
  );
const identity = async (pool = database.pool) =>
  (await pool.query<{ epoch: string; inc: number; hlc: string }>('SELECT epoch, inc, hlc FROM hq_identity'))
    .rows[0];
const epoch = async (pool = database.pool) => (await identity(pool))?.epoch ?? '';
const head = async (pool = database.pool) =>
  (await pool.query<{ seq: number }>(`SELECT seq FROM scope_head WHERE scope = 'org'`)).rows[0]?.seq ?? 0;
const causes = async (pool = database.pool) =>
  (await pool.query<{ why: string }>('SELECT why FROM hq_epoch ORDER BY since')).rows.map(({ why }) => why);

test('a new epoch is a new incarnation of HQ, whose chain begins anew while its clock goes on', async () => {
  await write();
  const before = await identity();
  const opened = await openNewEpoch(database.pool, { was: before?.epoch ?? '', why: 'operator' });
  expect(await identity()).toEqual({ epoch: opened, inc: (before?.inc ?? 0) + 1, hlc: before?.hlc });
  expect(await causes()).toEqual(['first', 'operator']);
  await write();
  const { rows } = await database.pool.query(
    `SELECT inc, dseq, epoch FROM change_log WHERE scope = 'org' ORDER BY seq DESC LIMIT 1`,
  );
  expect(rows).toEqual([{ inc: (before?.inc ?? 0) + 1, dseq: 1, epoch: opened }]);
  expect((await identity())?.hlc.localeCompare(before?.hlc ?? '')).toBe(1);
  expect(await openNewEpoch(database.pool, { was: before?.epoch ?? '', why: 'operator' })).toBeNull();
});

test('a database behind the mark of its node was restored: found at the start, once', async () => {
  const restored: string[] = [];
  const keep = (pool: pg.Pool) =>
    keepEpochMark({
      pool,
      dataDir,
      onRestored: (e) => restored.push(e),
      onError: (e) => expect(e).toBeNull(),
    });
  const first = await keep(database.pool);
  await first.stop();
  const old = await backup();
  const second = await keep(database.pool);
  await write();
  await second.stop();
  expect(restored).toEqual([]);

  const was = await epoch(old);
  const third = await keep(old);
  expect(restored).toEqual([await epoch(old)]);
  expect(restored).not.toContain(was);
  expect((await causes(old)).at(-1)).toBe('mark');
  await third.stop();
  await (await keep(old)).stop();
  expect(restored).toHaveLength(1);

  // Back to a backup from before that epoch began: it has never heard of it.
  const older = await backup();
  await (await keep(older)).stop();
  expect(restored).toHaveLength(2);
});

test('a database restored under a running node is found at its next look', async () => {
  const dir = mkdtempSync(join(dataDir, 'running-'));
  const pool = await backup();
  const restored: string[] = [];
  const kept = await keepEpochMark({
    ...{ pool, dataDir: dir, everyMs: 3_600_000 },
    onRestored: (e) => restored.push(e),
    onError: () => {},
  });
  await write(pool);
  await kept.look();
  await pool.query(`UPDATE scope_head SET seq = seq - 1 WHERE scope = 'org'`);
  await kept.look();
  expect(restored).toEqual([await epoch(pool)]);
  await kept.stop();
});

test('the mark of another org says nothing', async () => {
  const other = await backup();
  await other.query(`UPDATE hq_identity SET device = 'another', epoch = 'e1'`);
  const kept = await keepEpochMark({
    pool: other,
    dataDir,
    onRestored: () => expect.unreachable(),
    onError: () => {},
  });
  await kept.stop();
  expect(await epoch(other)).toBe('e1');
});

test('twenty devices that read further than the log goes, at two nodes, cause one epoch', async () => {
  const was = await epoch();
  const ahead = { scope: 'org', seq: (await head()) + 1, epoch: was };
  const nodes = [1, 2].map(() =>
    createAheadOfUs(database.pool, { onError: (problem) => expect(problem).toBeNull() }),
  );
  for (let i = 0; i < 20; i++) nodes[i % 2]?.claim({ ...ahead, seq: ahead.seq + i });
  for (const node of nodes) await node.settled();
  const opened = await epoch();
  expect(opened).not.toBe(was);
  expect((await causes()).filter((why) => why === 'device')).toHaveLength(1);
});

test('claims of a former epoch, of what is here, and one after another, open none', async () => {
  const now = await epoch();
  const claims: AheadClaim[] = [
    { scope: 'org', seq: 1_000_000, epoch: 'former' },
    { scope: 'org', seq: await head(), epoch: now },
    { scope: 'org', seq: 1_000_000, epoch: now },
  ];
  const node = createAheadOfUs(database.pool, { onError: (problem) => expect(problem).toBeNull() });
  for (const claim of claims) {
    node.claim(claim);
    await node.settled();
  }
  expect(await epoch()).toBe(now);
  const impatient = createAheadOfUs(database.pool, { quietMs: 0, onError: () => {} });
  impatient.claim({ scope: 'a scope never numbered', seq: 1, epoch: now });
  await impatient.settled();
  expect(await epoch()).not.toBe(now);
});
