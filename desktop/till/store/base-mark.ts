import type { Database } from 'better-sqlite3';
import { createPreferences } from './preferences.ts';

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
  const preferences = createPreferences(db);
  let whole = preferences.isSet(KEY);
  const look = (): void => {
    if (whole || cursors.get() !== SCOPES || indexPending()) return;
    preferences.set(KEY);
    whole = true;
  };
  look();
  return { look, isWhole: (): boolean => whole };
}
