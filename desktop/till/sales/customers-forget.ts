import type { Database } from 'better-sqlite3';
import type { Log } from '../ports.ts';
import type { Projection } from '../store/replica.ts';
import { openData, type SealedData } from './customers-cipher.ts';
import type { CustomerIndex } from './customers-index.ts';
import type { SubjectKeys } from './subject-keys.ts';

type Deps = {
  readonly db: Database;
  readonly keys: SubjectKeys;
  readonly index: CustomerIndex;
  readonly log: Log;
};

export type Forgetting = ReturnType<typeof createForgetting>;

/** Shorter texts stand in too many places that are not about the person. */
const SHORTEST_TEXT = 3;

/**
 * Carries out what an `erasure` fact says at this till: print jobs and drafts with the person's data go, the key is
 * destroyed, search forgets. It comes after the fact's own commit and asks the table what is due, so that a till that
 * dies in between goes on at its next start, and a transaction that was rolled back has destroyed nothing.
 */
export function createForgetting({ db, keys, index, log }: Deps) {
  const erased = db.prepare<[], string>(`SELECT DISTINCT subject_id FROM erasure`).pluck();
  const sealed = db.prepare<[string], SealedData>(
    `SELECT name, phone, email, address, note FROM customer WHERE id = ?`,
  );
  const purge = createPurge(db);

  /** What can be told of a person from a text: the id, and every field as it stands. */
  function tracesOf(id: string): string[] {
    const key = keys.find(id);
    const row = key && sealed.get(id);
    const data = key && row ? openData(key, id, row) : null;
    const texts = data ? Object.values(data).filter((text): text is string => text !== null) : [];
    return [id, ...texts.filter((text) => text.length >= SHORTEST_TEXT)];
  }

  /** Print jobs and drafts first: once the key is gone nobody can say what they would have to be searched for. */
  function forget(ids: readonly string[]): void {
    const due = ids.filter((id) => !keys.isDestroyed(id));
    if (due.length === 0) return;
    purge(due.flatMap(tracesOf));
    keys.destroy(due);
    for (const id of due) index.drop(id);
  }

  const settle = (): void => {
    if (db.open) forget(erased.all());
  };
  const settleLater = (): void => {
    setImmediate(() => {
      try {
        settle();
      } catch (problem) {
        // A full disk: the fact stands, and the next contact or start tries again.
        log.warn('erasure-not-carried-out', { problem: problem instanceof Error ? problem.name : 'unknown' });
      }
    });
  };
  const projection: Projection = { table: 'erasure', apply: settleLater };
  return { forget, settle, settleLater, projection };
}

/**
 * Takes texts out of what this till keeps for itself: print jobs that have one of them go, a draft keeps its lines and
 * loses the text. What was deleted is overwritten in the file, and in the WAL by emptying it.
 */
function createPurge(db: Database): (texts: readonly string[]) => void {
  const holds = (column: string) =>
    `EXISTS (SELECT 1 FROM json_each(?) AS t WHERE instr(${column}, t.value) > 0)`;
  const dropJobs = db.prepare<[string]>(`DELETE FROM print_job WHERE ${holds('doc')}`);
  const drafts = db.prepare<[string], { id: string; content: string }>(
    `SELECT id, content FROM cart WHERE ${holds('content')}`,
  );
  const redraft = db.prepare<[string, string]>(`UPDATE cart SET content = ? WHERE id = ?`);
  return (texts) => {
    const sought = JSON.stringify(texts.map(asInJson));
    db.pragma('secure_delete=ON');
    let changes = 0;
    try {
      db.transaction(() => {
        changes = dropJobs.run(sought).changes;
        for (const { id, content } of drafts.all(sought))
          changes += redraft.run(withoutTexts(content, texts), id).changes;
      }).immediate();
    } finally {
      db.pragma('secure_delete=FAST');
    }
    if (changes > 0) db.pragma('wal_checkpoint(TRUNCATE)');
  };
}

/** A text as it stands inside a JSON text. */
const asInJson = (text: string): string => JSON.stringify(text).slice(1, -1);

/** Every string that has one of the texts in it is emptied; everything else stays. */
function withoutTexts(content: string, texts: readonly string[]): string {
  return JSON.stringify(JSON.parse(content), (_key, value: unknown) =>
    typeof value === 'string' && texts.some((text) => value.includes(text)) ? '' : value,
  );
}
