import type { Database } from 'better-sqlite3';
import { tableFacts } from '#shared/schema.ts';

/**
 * Makes a till one of another store: all rows of the old store leave it, and it has no base until the new one's
 * snapshot is in. What it has made stays in its journal. One transaction; nothing may be waiting.
 */
export function moveTo(db: Database, storeId: string): void {
  const mine = [...tableFacts.values()].filter(({ scope }) => scope === 'store' || scope === 'org-or-store');
  db.transaction(() => {
    const guards = dropGuards(db);
    for (const { name } of [...mine].reverse())
      db.prepare(`DELETE FROM ${name} WHERE store_id IS NOT NULL`).run();
    for (const guard of guards) db.exec(guard);
    for (const table of FOLDED) db.prepare(`DELETE FROM ${table}`).run();
    for (const table of BY_SCOPE) db.prepare(`DELETE FROM ${table} WHERE scope LIKE 'store:%'`).run();
    // Rows of the whole org stay, with what waits over them.
    for (const { name } of mine)
      for (const table of ['pending_write', 'overlay_base'])
        db.prepare(`DELETE FROM ${table} WHERE tbl = ? AND row_id NOT IN (SELECT id FROM ${name})`).run(name);
    db.prepare(`DELETE FROM preference WHERE key = 'base-whole' OR key LIKE 'base-epoch store:%'`).run();
    db.prepare(`UPDATE identity SET store_id = ? WHERE one = 1`).run(storeId);
  }).immediate();
}

const FOLDED = ['on_hand', 'batch_state', 'uncounted', 'cart'] as const;
const BY_SCOPE = ['cursor', 'pending_change', 'held_change', 'chain_at', 'deferred_change'] as const;

/** Facts are append-only for everyone else: takes their triggers away and returns what puts them back. */
function dropGuards(db: Database): readonly string[] {
  const guards = db
    .prepare<[], { name: string; sql: string }>(
      `SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_no_delete' AND tbl_name <> 'journal'`,
    )
    .all();
  for (const { name } of guards) db.exec(`DROP TRIGGER ${name}`);
  return guards.map(({ sql }) => sql);
}
