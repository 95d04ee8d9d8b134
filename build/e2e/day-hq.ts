import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { pino } from 'pino';
import type { Clock } from '#shared/kernel/clock.ts';
import { storesWithCodes } from '../../sync-server/auth/codes-for-all.ts';
import { firstRun } from '../../sync-server/auth/first-run.ts';
import { createFirstAdmin, migrateSignIn } from '../../sync-server/auth/sign-in.ts';
import { importPath } from '../../sync-server/catalog/import-path.ts';
import type { Imports } from '../../sync-server/catalog/imports.ts';
import { startHq } from '../../sync-server/http/compose.ts';
import { createOffice, type MountedOffice } from '../../sync-server/http/office.ts';
import { openLogMonths } from '../../sync-server/store/log-months.ts';
import { createPool } from '../../sync-server/store/pool.ts';
import { startTestDatabase } from '../../sync-server/store/test-database.ts';
import { connectHq } from '../clients.ts';
import { root } from '../tools.ts';

export type DayHq = Awaited<ReturnType<typeof openDayHq>>;

/**
 * HQ on a day of the test's own: real nodes over a real Postgres, whose clock and whose database's clock are the
 * story's. What people type to sign in, and how long that lasts, goes by the machine's.
 */
export async function openDayHq({
  clock,
  seedFile,
  catalog,
}: {
  readonly clock: Clock;
  /** What HQ begins with, and the register it imports. */
  readonly seedFile: string;
  readonly catalog: string;
}) {
  const database = await startTestDatabase();
  await putClock(database.pool, clock.nowMs());
  // Whoever connected before goes by the old clock.
  const pool = createPool({ url: database.url, onError: () => {} });
  await migrateSignIn(pool);
  await openLogMonths(pool);
  await firstRun(pool, { name: 'Corvelle', seed: seedFile, nowMs: clock.nowMs() });
  const admin = await createFirstAdmin(pool, { email: 'admin@hq.example', name: 'Administrator' });
  if (admin === null) throw new Error('somebody has signed up already');
  const dataDir = mkdtempSync(join(tmpdir(), 'pestle-day-hq-'));
  const listenAt = async (port: number) => {
    const offices: MountedOffice[] = [];
    const node = await startHq({
      ...{ pool, databaseUrl: database.url, dataDir, port, clock, log: pino({ level: 'silent' }) },
      office: (of) => {
        const office = createOffice(of, { webDir: join(root, 'dist/web') });
        offices.push(office);
        return office;
      },
    });
    const [office] = offices;
    if (office === undefined) throw new Error('a node without its office');
    return { node, office };
  };
  let now = await listenAt(0);
  const { url } = now.node;
  await register(now.office.imports, catalog);
  const stores = await storesWithCodes(pool, { withCodes: true, nowMs: clock.nowMs() });
  return {
    pool,
    url,
    admin,
    /** For the till of this name, `S01-T01`. */
    codeFor: (name: string): string =>
      stores
        .flatMap((store) => store.tills.map((till) => ({ ...till, name: `${store.code}-${till.code}` })))
        .find((till) => till.name === name)?.enrolmentCode ?? '',
    backOffice: () => connectHq(url, admin),
    /** The database's clock follows. */
    tell: (nowMs: number) => pool.query('UPDATE day.clock SET shows = $1', [nowMs]),
    /** Nobody listens at HQ's address any more. */
    stop: () => now.node.stop(),
    start: async () => {
      now = await listenAt(Number(new URL(url).port));
    },
    /** People at HQ put in a register by a node of their own, which no till knows of. */
    async changePrices(path: string): Promise<void> {
      const own = await listenAt(0);
      await register(own.office.imports, path);
      await own.node.stop();
    },
    async end(): Promise<void> {
      await now.node.stop();
      await pool.end();
      await database.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function register(imports: Imports, path: string): Promise<void> {
  const done = await importPath(imports, { path, currency: 'EUR', startedBy: 'hq' });
  if (!done.ok) throw new Error(`${path}: ${JSON.stringify(done.error)}`);
}

/** Postgres looks into its own catalogue before all else, unless a search path says otherwise. */
async function putClock(pool: pg.Pool, nowMs: number): Promise<void> {
  await pool.query(`
    CREATE SCHEMA day;
    CREATE TABLE day.clock (shows bigint NOT NULL);
    INSERT INTO day.clock VALUES (${nowMs});
    CREATE FUNCTION day.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE
      AS 'SELECT to_timestamp(shows / 1000.0) FROM day.clock';
    ALTER DATABASE pestle SET search_path = public, day, pg_catalog`);
}
