import type { Database } from 'better-sqlite3';

/** The scopes a counter needs a base of before it can sell: the org's, and its store's. Customers may come later. */
const SCOPES = 2;
const KEY = 'base-whole';

/**
 * Whether this till has ever had its whole base. From then on it can sell whatever is being taken anew: a snapshot that
 * replaces the base writes over rows that stay readable.
 */
export function createBaseMark(db: Database, indexPending: () => boolean) {
  const cursors = db
    .prepare<[], number>(`SELECT count(*) FROM cursor WHERE scope = 'org' OR scope LIKE 'store:%'`)
    .pluck();
  const mark = db.prepare(`INSERT INTO preference (key, value) VALUES (?, 'true') ON CONFLICT DO NOTHING`);
  let whole = db.prepare(`SELECT 1 FROM preference WHERE key = ?`).pluck().get(KEY) !== undefined;
  const look = (): void => {
    if (whole || cursors.get() !== SCOPES || indexPending()) return;
    mark.run(KEY);
    whole = true;
  };
  look();
  return { look, isWhole: (): boolean => whole };
}
