import { statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Database } from 'better-sqlite3';
import type { TillStanding } from '#shared/auth/update-policy.ts';
import { countMigrations } from '../store/migrate.ts';

/** What this till is in the middle of, for the shell that wants to update it. A till without a store is in nothing. */
export function standingForUpdate(db: Database, upkeep: boolean): TillStanding {
  const count = (sql: string) => Number(db.prepare(sql).pluck().get());
  const { bavail, bsize } = statfsSync(dirname(db.name));
  return {
    cartLines: count(`SELECT coalesce(sum(json_array_length(content, '$.lines')), 0) FROM cart`),
    openCardAttempts: count(
      `SELECT count(*) FROM card_attempt a JOIN identity i ON i.till_id = a.till_id
       WHERE NOT EXISTS (SELECT 1 FROM card_outcome o WHERE o.attempt_id = a.id)`,
    ),
    openShifts: count(
      `SELECT count(*) FROM shift s JOIN identity i ON i.till_id = s.till_id
       WHERE NOT EXISTS (SELECT 1 FROM shift_close c WHERE c.shift_id = s.id)`,
    ),
    upkeep,
    schema: countMigrations(db),
    databaseBytes: statSync(db.name).size,
    freeBytes: bavail * bsize,
    hqUrl: db.prepare<[], string>('SELECT hq_url FROM identity').pluck().get() ?? null,
  };
}
