import { isDeepStrictEqual } from 'node:util';
import canonicalize from 'canonicalize';
import type pg from 'pg';
import { openEnvelope } from '#shared/replica/changeset.ts';
import { tableFacts } from '#shared/schema.ts';
import { bootstrapOrg } from '../../sync-server/auth/bootstrap.ts';
import { createIntake } from '../../sync-server/intake/push.ts';
import { migrateForward } from '../../sync-server/store/migrate.ts';
import { createPool, inTransaction } from '../../sync-server/store/pool.ts';
import { sha256Hex } from '../../sync-server/store/signing.ts';
import { sqlOf } from '../../sync-server/store/table-sql.ts';
import { startTestDatabase } from '../../sync-server/store/test-database.ts';
import { writeChanges } from '../../sync-server/store/writer.ts';
import { createBase } from './base.ts';
import { asFolded, foldedText, foldLog, rowText } from './fold.ts';
import type { Arrival } from './history.ts';
import { hqDevice } from './hq.ts';
import type { Logged } from './hq-image.ts';
import { outcomeOf } from './network.ts';
import { startMs } from './pool.ts';
import { foundation } from './shop.ts';
import { simulate } from './simulate.ts';

/** An HQ restored from a backup would need a restored Postgres: that fault alone is left out here. */
const weather = { hqRestore: 0, spite: 0 };

export type PostgresTwin = Awaited<ReturnType<typeof createPostgresTwin>>;

/**
 * Plays what reached HQ in a history to the production intake on Postgres, at the same times, and says whether the
 * verdicts, the log and the tables are the same.
 */
export async function createPostgresTwin() {
  const base = await createBase(startMs);
  const database = await startTestDatabase();
  await database.pool.query('CREATE DATABASE founded');
  await within('founded', async (pool) => {
    await migrateForward(pool, 'migrations/postgres');
    await pool.query(SIMULATED_CLOCK);
    await setClock(pool, startMs);
    const org = { name: 'Simulated', nowMs: startMs, withRoles: false };
    await inTransaction(pool, (client) => bootstrapOrg(client, org));
    for (const changes of foundation(startMs))
      await inTransaction(pool, (client) =>
        writeChanges(client, { actor: 'hq', type: 'foundation' }, changes),
      );
  });

  async function within<T>(name: string, work: (pool: pg.Pool) => Promise<T>): Promise<T> {
    const url = new URL(database.url);
    url.pathname = `/${name}`;
    url.searchParams.set('options', '-c search_path=simulated,public,pg_catalog');
    const pool = createPool({ url: url.href, onError: () => {} });
    try {
      return await work(pool);
    } finally {
      await pool.end();
    }
  }

  return {
    /** What Postgres has otherwise than memory after this seed's history; null where nothing. */
    async difference(seed: number): Promise<string | null> {
      const { broken, arrivals, world } = await simulate({ seed, base, weather });
      if (broken) return `the history itself is broken: ${broken.what}`;
      const name = `seed_${seed}`;
      await database.pool.query(`CREATE DATABASE ${name} TEMPLATE founded`);
      const found = await within(name, async (pool) => {
        const verdicts = firstDifference('arrival', outcomes(arrivals), await replay(pool, arrivals));
        if (verdicts) return verdicts;
        const log = await readLog(pool);
        for (const scope of world.hq.scopes()) {
          const [wanted, here] = [entries(world.hq.log(scope), scope, 0), entries(log, scope, 1)];
          const differs = firstDifference(`the log of ${scope}`, wanted, here);
          if (differs) return differs;
        }
        const [wanted, here] = [foldedTables(log), await tablesOf(pool)];
        return (
          firstDifference('facts', wanted.facts, here.facts) ??
          firstDifference('registers', wanted.registers, here.registers) ??
          firstDifference('on hand', wanted.onHand, here.onHand)
        );
      });
      await database.pool.query(`DROP DATABASE ${name}`);
      return found;
    },
    stop: (): Promise<void> => database.stop(),
  };
}

/**
 * HQ asks Postgres for the time. This one says what the history says: found before the true one, because the search path
 * of these connections names pg_catalog last.
 */
const SIMULATED_CLOCK = `
  CREATE SCHEMA simulated;
  CREATE TABLE simulated.clock (ms bigint NOT NULL);
  INSERT INTO simulated.clock VALUES (0);
  CREATE FUNCTION simulated.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS
    'SELECT to_timestamp(ms / 1000.0) FROM simulated.clock'`;
const setClock = (pool: pg.Pool, ms: number) => pool.query('UPDATE simulated.clock SET ms = $1', [ms]);

function firstDifference(of: string, wanted: readonly unknown[], here: readonly unknown[]): string | null {
  const at = Array.from({ length: Math.max(wanted.length, here.length) }, (_, i) => i).find(
    (i) => !isDeepStrictEqual(wanted[i], here[i]),
  );
  if (at === undefined) return null;
  return `${of} ${at}: Postgres has ${JSON.stringify(here[at])}, memory ${JSON.stringify(wanted[at])}`;
}

const outcomes = (arrivals: readonly Arrival[]) =>
  arrivals.map((one) => (one.kind === 'write' ? 'written' : one.outcome));

async function replay(pool: pg.Pool, arrivals: readonly Arrival[]): Promise<string[]> {
  const intake = createIntake(pool);
  const said: string[] = [];
  for (const one of arrivals) {
    await setClock(pool, one.at);
    if (one.kind === 'write') {
      await inTransaction(pool, (client) => writeChanges(client, one.act, one.act.changes));
      said.push('written');
      continue;
    }
    const request = { changesets: [...one.batch], waiting: 0, oldestAt: null, version: 'simulated' };
    const taken =
      one.kind === 'push'
        ? await intake.takeBatch({ device: one.device, inc: one.inc }, request)
        : await intake.takeRelayed({ device: one.device, inc: one.inc }, one.batch);
    const reply = taken.ok ? { ...taken.value, diverged: [] } : null;
    said.push(reply ? outcomeOf({ ok: true, reply }) : JSON.stringify(!taken.ok && taken.error));
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
    counted: string | null;
  }>('SELECT * FROM change_log ORDER BY scope, seq');
  return rows.flatMap(({ scope, seq, epoch, eff_hlc: effHlc, hash, sig, envelope: text, counted: ids }) => {
    const opened = openEnvelope(text);
    const sealed = { text, hash, sig };
    const counted: string[] = JSON.parse(ids ?? '[]');
    return opened.ok
      ? [
          {
            scope,
            seq: Number(seq),
            epoch,
            effHlc,
            at: 0,
            digest: '',
            sealed,
            envelope: opened.value,
            counted,
          },
        ]
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
  return mine.slice(first).map(({ seq, envelope, sealed, effHlc, counted }) => {
    const { device, inc, dseq, type, body } = envelope;
    const till = device.startsWith('device-');
    return till
      ? [seq - first, device, inc, dseq, type, sealed.hash, effHlc, counted]
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
