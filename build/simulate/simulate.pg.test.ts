import canonicalize from 'canonicalize';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openEnvelope } from '#shared/replica/changeset.ts';
import { tableFacts } from '#shared/schema.ts';
import { bootstrapOrg } from '../../sync-server/auth/bootstrap.ts';
import { createIntake } from '../../sync-server/intake/push.ts';
import { migrateForward } from '../../sync-server/store/migrate.ts';
import { createPool, inTransaction } from '../../sync-server/store/pool.ts';
import { sha256Hex } from '../../sync-server/store/signing.ts';
import { sqlOf } from '../../sync-server/store/table-sql.ts';
import { startTestDatabase, type TestDatabase } from '../../sync-server/store/test-database.ts';
import { writeChanges } from '../../sync-server/store/writer.ts';
import { type Base, createBase } from './base.ts';
import { asFolded, foldedText, foldLog, rowText } from './fold.ts';
import type { Arrival } from './history.ts';
import { hqDevice, type Logged } from './hq.ts';
import { outcomeOf } from './network.ts';
import { foundation } from './shop.ts';
import { simulate } from './simulate.ts';

const SEEDS = 24;
/**
 * Postgres has its own clock, which no test can set: the histories play a month ago, so that no honest changeset is
 * ahead of it, and without the faults whose outcome hangs on what time HQ thinks it is. An HQ restored from a backup
 * would need a restored Postgres.
 */
const weather = { clock: 0, outage: 0, hqRestore: 0 };
const startMs = Date.now() - 30 * 86_400_000;

let database: TestDatabase;
let base: Base;
beforeAll(async () => {
  base = await createBase(startMs);
  database = await startTestDatabase();
  await database.pool.query('CREATE DATABASE founded');
  await within('founded', async (pool) => {
    await migrateForward(pool, 'migrations/postgres');
    const org = { name: 'Simulated', nowMs: startMs, withRoles: false };
    await inTransaction(pool, (client) => bootstrapOrg(client, org));
    for (const changes of foundation(startMs))
      await inTransaction(pool, (client) =>
        writeChanges(client, { actor: 'hq', type: 'foundation' }, changes),
      );
  });
});
afterAll(() => database.stop());

test(`Postgres gives ${SEEDS} histories the log that memory gives them, and its tables are what its log comes to`, {
  timeout: 120_000,
}, async () => {
  for (let seed = 1; seed <= SEEDS; seed++) {
    const { broken, arrivals, world } = await simulate({ seed, base, weather });
    expect([seed, broken]).toEqual([seed, null]);
    await database.pool.query(`CREATE DATABASE seed_${seed} TEMPLATE founded`);
    await within(`seed_${seed}`, async (pool) => {
      expect([seed, await replay(pool, arrivals)]).toEqual([seed, outcomes(arrivals)]);
      const log = await readLog(pool);
      for (const scope of world.hq.scopes())
        expect([seed, scope, entries(log, scope, 1)]).toEqual([
          seed,
          scope,
          entries(world.hq.log(scope), scope, 0),
        ]);
      expect([seed, await tablesOf(pool)]).toEqual([seed, foldedTables(log)]);
    });
  }
});

async function within(name: string, work: (pool: pg.Pool) => Promise<void>): Promise<void> {
  const url = new URL(database.url);
  url.pathname = `/${name}`;
  const pool = createPool({ url: url.href, onError: () => {} });
  try {
    await work(pool);
  } finally {
    await pool.end();
  }
}

const outcomes = (arrivals: readonly Arrival[]) =>
  arrivals.map((one) => (one.kind === 'push' ? one.outcome : 'written'));

async function replay(pool: pg.Pool, arrivals: readonly Arrival[]): Promise<string[]> {
  const intake = createIntake(pool);
  const said: string[] = [];
  for (const one of arrivals) {
    if (one.kind === 'write') {
      await inTransaction(pool, (client) => writeChanges(client, one.act, one.act.changes));
      said.push('written');
      continue;
    }
    const request = { changesets: [...one.batch], waiting: 0, oldestAt: null, version: 'simulated' };
    const taken = await intake.takeBatch({ device: one.device, inc: one.inc }, request);
    said.push(taken.ok ? outcomeOf({ ok: true, reply: taken.value }) : JSON.stringify(taken.error));
  }
  return said;
}

async function readLog(pool: pg.Pool): Promise<Logged[]> {
  const { rows } = await pool.query<{
    scope: string;
    seq: string;
    epoch: string;
    eff_hlc: string;
    hash: string;
    sig: string;
    envelope: string;
  }>('SELECT * FROM change_log ORDER BY scope, seq');
  return rows.flatMap(({ scope, seq, epoch, eff_hlc: effHlc, hash, sig, envelope: text }) => {
    const opened = openEnvelope(text);
    const sealed = { text, hash, sig };
    return opened.ok
      ? [{ scope, seq: Number(seq), epoch, effHlc, at: 0, sealed, envelope: opened.value }]
      : [];
  });
}

/**
 * A scope's log, entry by entry. What HQ itself wrote bears its own keys and clock on either side: of that the content's hash.
 * `skip` leaves out the founding of the org, which only Postgres has.
 */
function entries(log: readonly Logged[], scope: string, skip: number): unknown[] {
  const mine = log.filter((row) => row.scope === scope);
  const first = scope === 'org' ? skip : 0;
  return mine.slice(first).map(({ seq, envelope, sealed }) => {
    const { device, inc, dseq, type, body } = envelope;
    const till = device.startsWith('device-');
    return till
      ? [seq - first, device, inc, dseq, type, sealed.hash]
      : [seq - first, hqDevice, type, sha256Hex(canonicalize(body) ?? '')];
  });
}

type Tables = { readonly facts: string[]; readonly registers: string[]; readonly onHand: string[] };

function foldedTables(log: readonly Logged[]): Tables {
  const { facts, registers, onHand } = foldLog(log);
  return {
    facts: [...facts].map(([key, row]) => `${key} ${rowText(tableOf(key), row)}`).sort(),
    registers: [...registers].map(([key, row]) => `${key} ${foldedText(tableOf(key), row)}`).sort(),
    onHand: [...onHand].map(([key, qty]) => `${key} ${qty}`).sort(),
  };
}

async function tablesOf(pool: pg.Pool): Promise<Tables> {
  const facts: string[] = [];
  const registers: string[] = [];
  for (const { name, policy } of tableFacts.values()) {
    const { rows } = await pool.query<Record<string, unknown>>(`SELECT * FROM ${name}`);
    for (const row of rows) {
      const values = sqlOf(name).toRow(row);
      const key = `${name}/${String(row.id)}`;
      if (policy === 'append') facts.push(`${key} ${rowText(name, values)}`);
      else {
        const stamps = row.stamps as Record<string, string>;
        registers.push(
          `${key} ${foldedText(name, asFolded(name, { values, deleted: row.deleted === true, stamps }))}`,
        );
      }
    }
  }
  const { rows } = await pool.query<{ store_id: string; batch_id: string; qty_base: number }>(
    'SELECT * FROM on_hand',
  );
  const onHand = rows.map((row) => `${row.store_id}/${row.batch_id} ${row.qty_base}`);
  return { facts: facts.sort(), registers: registers.sort(), onHand: onHand.sort() };
}

const tableOf = (key: string): string => key.slice(0, key.indexOf('/'));
