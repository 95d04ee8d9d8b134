import { randomBytes } from 'node:crypto';
import Database from 'better-sqlite3';

/** A key on its way to HQ, and back from there. */
export type KeyOf = { readonly subjectId: string; readonly key: Buffer };

export type SubjectKeys = ReturnType<typeof openSubjectKeys>;

/**
 * The keys of people's personal fields at this till, in an encrypted file of their own: `till.db` and every copy of it
 * hold none. Opened at the first use, so that a till that sells to nobody by name does not pay for it; what throws here
 * stops no sale.
 *
 * A key that was destroyed leaves its mark and never comes back, from HQ or from anywhere.
 *
 * @param keyHex the till's database key, 256 bits in hex
 */
export function openSubjectKeys({ file, keyHex }: { readonly file: string; readonly keyHex: string }) {
  let opened: ReturnType<typeof openTable> | null = null;
  const table = () => {
    opened ??= openTable(file, keyHex);
    return opened;
  };
  const all = () => table().cache;
  return {
    /** A new random key, on disk when it returns; HQ has not got it yet. */
    make(subjectId: string): Buffer {
      const key = randomBytes(KEY_BYTES);
      table().insert.run(subjectId, key, 'waiting');
      all().set(subjectId, key);
      return key;
    },
    /** Null where it has not come, and where it was destroyed. */
    find: (subjectId: string): Buffer | null => all().get(subjectId) ?? null,
    isDestroyed: (subjectId: string): boolean => all().get(subjectId) === null,
    /** Whether there is nothing to ask HQ for: a key, or the mark of a destroyed one. */
    isSettled: (subjectId: string): boolean => all().has(subjectId),
    waiting: (most: number): readonly KeyOf[] => table().waiting.all(most),
    markAtHq(subjectIds: readonly string[]): void {
      table().atOnce(() => {
        for (const id of subjectIds) table().markAtHq.run(id);
      });
    },
    /** Keys that others made, as HQ has them. */
    keep(keys: readonly KeyOf[]): void {
      const fresh = keys.filter(({ subjectId }) => !all().has(subjectId));
      table().atOnce(() => {
        for (const { subjectId, key } of fresh) table().insert.run(subjectId, key, 'at-hq');
      });
      for (const { subjectId, key } of fresh) all().set(subjectId, key);
    },
    /** Overwrites the keys on disk and in memory. Nothing of them is in the file when it returns. */
    destroy(subjectIds: readonly string[]): void {
      const { db, atOnce, destroy } = table();
      atOnce(() => {
        for (const id of subjectIds) destroy.run(id);
      });
      // secure_delete overwrites the cell; what rebalancing once left of it in a page goes with the rewriting.
      db.exec('VACUUM');
      for (const id of subjectIds) {
        all().get(id)?.fill(0);
        all().set(id, null);
      }
    },
    close(): void {
      opened?.db.close();
      opened = null;
    },
  };
}

const KEY_BYTES = 32;

function openTable(file: string, keyHex: string) {
  const db = new Database(file);
  db.pragma("cipher='aegis'");
  db.pragma(`hexkey='${keyHex}'`);
  // A rollback journal, which is gone after each commit: a WAL would keep pages as they were before.
  db.pragma('journal_mode=DELETE');
  db.pragma('synchronous=EXTRA');
  db.pragma('temp_store=MEMORY');
  db.pragma('secure_delete=ON');
  if (db.pragma('secure_delete', { simple: true }) !== 1) throw new Error('keys.db: secure_delete is off');
  db.exec(
    `CREATE TABLE IF NOT EXISTS subject_key (
       subject_id TEXT PRIMARY KEY,
       key BLOB,
       state TEXT NOT NULL CHECK (state IN ('waiting', 'at-hq', 'destroyed')),
       CHECK ((key IS NULL) = (state = 'destroyed'))
     ) STRICT, WITHOUT ROWID;
     CREATE INDEX IF NOT EXISTS subject_key_waiting ON subject_key (subject_id) WHERE state = 'waiting';`,
  );
  const rows = db.prepare<[], { subjectId: string; key: Buffer | null }>(
    `SELECT subject_id AS subjectId, key FROM subject_key`,
  );
  return {
    db,
    /** Null = destroyed. */
    cache: new Map(rows.all().map(({ subjectId, key }) => [subjectId, key])),
    atOnce: (work: () => void) => db.transaction(work)(),
    insert: db.prepare<[string, Buffer, 'waiting' | 'at-hq']>(
      `INSERT INTO subject_key (subject_id, key, state) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`,
    ),
    waiting: db.prepare<[number], KeyOf>(
      `SELECT subject_id AS subjectId, key FROM subject_key WHERE state = 'waiting' LIMIT ?`,
    ),
    markAtHq: db.prepare<[string]>(
      `UPDATE subject_key SET state = 'at-hq' WHERE subject_id = ? AND state = 'waiting'`,
    ),
    destroy: db.prepare<[string]>(
      `INSERT INTO subject_key (subject_id, key, state) VALUES (?, NULL, 'destroyed')
       ON CONFLICT DO UPDATE SET key = NULL, state = 'destroyed'`,
    ),
  };
}
