import { createWriteStream, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { startEmbedded } from '../../sync-server/store/embedded.ts';
import { createPool } from '../../sync-server/store/pool.ts';
import { type Child, type Ready, startChild } from '../child.ts';
import { root } from '../tools.ts';
import { benchOrg } from './hq-catalogue.ts';

/** One Postgres for all measurements of HQ, with fsync on: databases in it are made from a template and dropped again. */
export type BenchPostgres = {
  /** The address of a new database: a copy of the large org, or empty. */
  readonly database: (content: 'large-org' | 'empty') => Promise<string>;
  readonly stop: () => Promise<void>;
};

export type BenchHq = { readonly url: string; readonly ready: Ready; readonly stop: () => Promise<void> };

const CACHE = join(root, '.cache/bench');
/** Named by what it holds: another catalogue is another database. */
const LARGE = 'large_org_1';

/** Starts it in .cache/bench, where the large org is made once (about two minutes) and kept. */
export async function startBenchPostgres(say: (line: string) => void): Promise<BenchPostgres> {
  mkdirSync(CACHE, { recursive: true });
  const server = await startEmbedded({ dir: join(CACHE, 'hq'), persistent: true });
  const at = (name: string): string => server.url.replace(/\/pestle$/, `/${name}`);
  const admin = openPool(server.url);
  const names = await admin.query<{ name: string }>('SELECT datname AS name FROM pg_database');
  const there = new Set(names.rows.map(({ name }) => name));
  // What a run that was broken off has left behind.
  for (const name of there) if (name.startsWith('run_')) await admin.query(`DROP DATABASE ${name}`);
  let runs = 0;
  return {
    async database(content) {
      if (content === 'large-org' && !there.has(LARGE)) {
        await makeLargeOrg(admin, at, say);
        there.add(LARGE);
      }
      const name = `run_${process.pid}_${runs++}`;
      await admin.query(`CREATE DATABASE ${name} TEMPLATE ${content === 'empty' ? 'template0' : LARGE}`);
      return at(name);
    },
    async stop() {
      for (let run = 0; run < runs; run++)
        await admin.query(`DROP DATABASE IF EXISTS run_${process.pid}_${run} WITH (FORCE)`);
      await admin.end();
      await server.stop();
    },
  };
}

/** HQ as a process of its own on a database that is there. `args` as in `npm run hq -- --help`. */
export async function startBenchHq(databaseUrl: string, ...args: readonly string[]): Promise<BenchHq> {
  const data = mkdtempSync(join(tmpdir(), 'pestle-bench-hq-'));
  const child = startChild({
    name: 'HQ',
    file: 'sync-server/main.ts',
    args: ['--json', '--data', data, '--port', '0', ...args],
    env: { DATABASE_URL: databaseUrl },
    say: () => {},
  });
  const ready = await readyOf(child);
  return {
    url: ready.url,
    ready,
    stop: async () => {
      await child.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** The enrolment codes of the first store's tills, and of the other stores'. They are good for ten minutes. */
export function codesOf({ ready }: BenchHq): {
  readonly first: readonly string[];
  readonly other: readonly string[];
} {
  const [first = [], ...other] = (ready.stores ?? []).map(({ tills }) =>
    tills.flatMap(({ enrolmentCode }) => enrolmentCode ?? []),
  );
  return { first, other: other.flat() };
}

/** A child's ready line; throws with its last words when it has ended instead. */
export async function readyOf(child: Child): Promise<Ready> {
  const ready = await child.ready;
  if (ready.ok) return ready.value;
  throw new Error(`${ready.error.name} ended: ${ready.error.lastLines.join('\n')}`);
}

/** Connections of the bench itself, beside HQ's. */
export const openPool = (url: string, max = 4): pg.Pool => createPool({ url, max, onError: () => {} });

async function makeLargeOrg(
  admin: pg.Pool,
  at: (name: string) => string,
  say: (line: string) => void,
): Promise<void> {
  say('Making an org of 100,000 packs and 300,000 batches at HQ, once; it stays in .cache/bench');
  const file = join(CACHE, 'large-org.ndjson');
  if (!existsSync(file)) {
    await pipeline(benchOrg().lines(), createWriteStream(file));
  }
  const draft = `${LARGE}_draft`;
  await admin.query(`DROP DATABASE IF EXISTS ${draft} WITH (FORCE)`);
  await admin.query(`CREATE DATABASE ${draft}`);
  const hq = await startBenchHq(at(draft), '--seed', file);
  await hq.stop();
  rmSync(file);
  const pool = openPool(at(draft), 1);
  await pool.query('VACUUM ANALYZE');
  await pool.end();
  await admin.query(`ALTER DATABASE ${draft} RENAME TO ${LARGE}`);
}
