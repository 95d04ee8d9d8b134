import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { startEmbedded } from './embedded.ts';
import { migrateForward } from './migrate.ts';
import { createPool } from './pool.ts';

export type TestDatabase = {
  readonly pool: pg.Pool;
  readonly url: string;
  /** Process id of its postmaster, to be killed by tests that want to. */
  readonly pid: () => number | null;
  readonly stop: () => Promise<void>;
};

/** A migrated Postgres of its own for one test file. */
export async function startTestDatabase(): Promise<TestDatabase> {
  const dir = mkdtempSync(join(tmpdir(), 'pestle-pg-'));
  const database = await startEmbedded({ dir, persistent: false });
  const pool = createPool({ url: database.url, onError: () => {} });
  await migrateForward(pool, 'migrations/postgres');
  return {
    pool,
    url: database.url,
    pid: database.pid,
    stop: async () => {
      await pool.end();
      await database.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
