import type pg from 'pg';
import { tableFacts } from '#shared/schema.ts';
import { storeScope } from '#shared/tables/scope.ts';
import { inTransaction } from '../store/pool.ts';

/** The feed serves this much of the past; a till that is further behind takes a snapshot (SYNC.md, Long absence). */
export const FLOOR_AFTER_MS = 90 * 86_400_000;

/**
 * Raises each scope's floor to the last number that came before `beforeMs` (UTC). Floors only rise. Scope by scope, so
 * that numbering, which locks heads in an order of its own, never waits in a circle. Answers how many rose.
 */
export async function raiseFloors(pool: pg.Pool, beforeMs: number): Promise<number> {
  const { rows } = await pool.query<{ scope: string; floor: number }>(LAST_BEFORE, [beforeMs]);
  let risen = 0;
  for (const { scope, floor } of rows) {
    const { rowCount } = await pool.query(
      'UPDATE scope_head SET floor = $2 WHERE scope = $1 AND floor < $2',
      [scope, floor],
    );
    risen += rowCount ?? 0;
  }
  return risen;
}

const LAST_BEFORE = `
  SELECT h.scope, past.seq AS floor
    FROM scope_head h CROSS JOIN LATERAL (
      SELECT l.seq FROM change_log l
       WHERE l.scope = h.scope AND l.seq > h.floor AND l.at < to_timestamp($1::double precision / 1000)
       ORDER BY l.seq DESC LIMIT 1
    ) AS past`;

/**
 * Registers whose tombstones are purged: rows with ids of their own that no fact names. The others keep theirs: an id
 * that is made from a name (a pack, a price of an import) can come again, and reports join what facts name.
 */
const PURGED = ['setting', 'staff', 'customer'] as const;

/**
 * Deletes rows that are tombstones and whose every stamp is at or below the HLC at their scope's floor; their ids stay in
 * `archive.purged_row`. A till that has the tombstone keeps it until its next snapshot, one that takes a snapshot never
 * had the row: both show nothing. An edit that comes later still is refused (`prepareCompaction`), so that nothing in
 * the log can bring the row back anywhere. Answers how many went.
 */
export async function purgeTombstones(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ scope: string; hlc: string }>(
    `SELECT h.scope, l.eff_hlc AS hlc FROM scope_head h JOIN change_log l ON l.scope = h.scope AND l.seq = h.floor`,
  );
  let purged = 0;
  for (const { scope, hlc } of rows)
    for (const table of PURGED) {
      const mine = ofScope(table, scope);
      if (mine !== null) purged += await purge(pool, { table, mine, scope, hlc });
    }
  return purged;
}

type Purging = {
  readonly table: (typeof PURGED)[number];
  readonly mine: string;
  readonly scope: string;
  readonly hlc: string;
};

async function purge(pool: pg.Pool, { table, mine, scope, hlc }: Purging): Promise<number> {
  const { rowCount } = await pool.query(
    `WITH gone AS (
       DELETE FROM ${table} WHERE deleted AND ${mine} AND NOT EXISTS (
         SELECT 1 FROM jsonb_each_text(stamps) AS stamp WHERE left(stamp.value, length($2)) > $2 COLLATE "C"
       ) RETURNING id
     )
     INSERT INTO archive.purged_row (tbl, id) SELECT '${table}', id FROM gone WHERE $1::text IS NOT NULL
     ON CONFLICT DO NOTHING RETURNING id`,
    [scope, hlc],
  );
  return rowCount ?? 0;
}

/** Which rows of a register are a scope's, as SQL over `$1` = the scope; null when it has none there. */
function ofScope(table: string, scope: string): string | null {
  const rule = tableFacts.get(table)?.scope;
  if (rule === scope) return 'true';
  if (rule === 'org-or-store' && scope === 'org') return 'store_id IS NULL';
  const byStore = rule === 'store' || rule === 'org-or-store';
  return byStore && scope.startsWith(storeScope('')) ? `'${storeScope('')}' || store_id = $1` : null;
}

/** What compaction needs in the database, beside the replicated tables. Does nothing where it is there. */
export async function prepareCompaction(pool: pg.Pool): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('prepare compaction', 0))`);
    const { rows } = await client.query<{ there: boolean }>(
      `SELECT to_regclass('archive.purged_row') IS NOT NULL AS there`,
    );
    if (rows[0]?.there) return;
    await client.query(PREPARE);
    for (const table of PURGED)
      await client.query(
        `CREATE TRIGGER ${table}_not_purged BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse_purged()`,
      );
  });
}

const PREPARE = `
  CREATE SCHEMA archive;
  CREATE TABLE archive.purged_row (tbl text NOT NULL, id text NOT NULL, PRIMARY KEY (tbl, id));
  CREATE FUNCTION refuse_purged() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF EXISTS (SELECT 1 FROM archive.purged_row p WHERE p.tbl = TG_TABLE_NAME AND p.id = NEW.id) THEN
      RAISE EXCEPTION '% % was deleted long ago', TG_TABLE_NAME, NEW.id
        USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_not_purged';
    END IF;
    RETURN NEW;
  END $$;`;
