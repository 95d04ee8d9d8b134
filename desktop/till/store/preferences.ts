import type { Database } from 'better-sqlite3';
import type { z } from 'zod';

/** What this till remembers for itself, by key: in no changeset and no snapshot. */
export function createPreferences(db: Database) {
  const select = db.prepare<[string], string>(`SELECT value FROM preference WHERE key = ?`).pluck();
  const upsert = db.prepare(
    `INSERT INTO preference (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  );
  const erase = db.prepare(`DELETE FROM preference WHERE key = ?`);
  /** What is kept already costs no write. */
  const keep = (key: string, value: unknown): void => {
    const text = JSON.stringify(value);
    if (select.get(key) !== text) upsert.run(key, text);
  };
  return {
    keep,
    /** Null where nothing is kept. Throws where something else lies there. */
    read<T>(key: string, schema: z.ZodType<T>): T | null {
      const text = select.get(key);
      return text === undefined ? null : schema.parse(JSON.parse(text));
    },
    /** Whether a mark was set. */
    isSet: (key: string): boolean => select.get(key) !== undefined,
    set: (key: string): void => keep(key, true),
    forget(key: string): void {
      erase.run(key);
    },
  };
}
