import type { Database } from 'better-sqlite3';

/** Something that was once so and stays so, kept on disk. */
export function createMark(db: Database, key: string) {
  let set = db.prepare(`SELECT 1 FROM preference WHERE key = ?`).pluck().get(key) !== undefined;
  return {
    isSet: (): boolean => set,
    set(): void {
      db.prepare(`INSERT INTO preference (key, value) VALUES (?, 'true') ON CONFLICT DO NOTHING`).run(key);
      set = true;
    },
  };
}
