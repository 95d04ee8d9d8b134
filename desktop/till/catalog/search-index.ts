import type Database from 'better-sqlite3';
import { createPackWriter, indexRun } from './search-packs.ts';
import { createTermStore, type Term } from './search-terms.ts';

/** Keeps the search index equal to the catalogue. The writes of all but `rebuild` join the caller's transaction. */
export type SearchIndex = {
  /** After a pack or one of its codes was added, changed or deleted. */
  reindexPacks(packIds: readonly string[]): void;
  /** After a medicine was added, changed or deleted: all its packs. */
  indexMedicine(medicineId: string): void;
  /** The whole index anew in one transaction: after a snapshot, or where nobody waits. */
  rebuild(): void;
  /**
   * The same in slices of a few milliseconds, a transaction each, between which the cashier goes first. Searches and
   * changes may come in between; the index is whole after the last. A rebuild that was cut off goes on where it was.
   * Where nobody sells yet, larger slices than the usual pay the disk's sync less often.
   */
  rebuildInSlices(slicePacks?: number): Generator<RebuildProgress, void, void>;
  /** Whether a rebuild was begun and not finished. */
  rebuildPending(): boolean;
};

/** Packs indexed and packs there were at the beginning. */
export type RebuildProgress = { readonly done: number; readonly total: number };

/** Prepares its statements once: one for the life of a connection. */
export function createSearchIndex(db: Database.Database): SearchIndex {
  const sql = prepare(db);
  const packs = createPackWriter(db);
  const terms = createTermStore(db);
  const rebuildPending = (): boolean => sql.progress.get() !== undefined;

  function reindexPacks(packIds: readonly string[]): void {
    const run = indexRun();
    const fresh: Term[] = [];
    for (const packId of packIds) fresh.push(...terms.add(packs.write(packId, run), run.names));
    // During a rebuild the pairs are made at its end, for all terms there are then.
    if (!rebuildPending()) terms.pair(fresh);
  }

  function* steps(page: number): Generator<RebuildProgress, void, void> {
    if (!rebuildPending()) {
      for (const statement of sql.clear) statement.run();
      sql.begin.run();
    }
    const run = indexRun();
    for (let at = sql.progress.get(); at?.stage === 'packs'; at = sql.progress.get()) {
      const written = packs.writePage(at.afterId, page, run);
      for (const { names } of written) terms.add(names, run.names);
      const done = at.done + written.length;
      const last = written.at(-1);
      if (last) sql.advance.run({ after: last.packId, done });
      else sql.toTerms.run();
      yield { done, total: at.total };
    }
    const total = sql.progress.get()?.total ?? 0;
    for (const _ of terms.pairAll(page * 5)) yield { done: total, total };
    sql.finish.run();
  }

  return {
    reindexPacks,
    indexMedicine: (medicineId) => reindexPacks(sql.packsOf.all(medicineId)),
    rebuild() {
      const all = () => {
        sql.finish.run();
        for (const _ of steps(1000));
      };
      if (db.inTransaction) all();
      else db.transaction(all).immediate();
    },
    *rebuildInSlices(slicePacks = SLICE_PACKS) {
      const work = steps(slicePacks);
      const slice = db.transaction(() => work.next());
      for (let step = slice.immediate(); !step.done; step = slice.immediate()) yield step.value;
    },
    rebuildPending,
  };
}

/** Packs in one slice: 2 ms at p50, 8 ms at p99 on two slow cores; the first, which empties the tables, takes 25. */
const SLICE_PACKS = 25;

type ProgressRow = {
  readonly stage: 'packs' | 'terms';
  readonly afterId: string;
  readonly done: number;
  readonly total: number;
};

function prepare(db: Database.Database) {
  return {
    packsOf: db.prepare<[string], string>('SELECT id FROM pack WHERE medicine_id = ?').pluck(),
    progress: db.prepare<[], ProgressRow>(
      'SELECT stage, after_id AS afterId, done, total FROM search_rebuild',
    ),
    begin: db.prepare(
      "INSERT INTO search_rebuild (one, stage, after_id, done, total) SELECT 1, 'packs', '', 0, count(*) FROM pack",
    ),
    advance: db.prepare<{ after: string; done: number }>(
      'UPDATE search_rebuild SET after_id = :after, done = :done',
    ),
    toTerms: db.prepare("UPDATE search_rebuild SET stage = 'terms'"),
    finish: db.prepare('DELETE FROM search_rebuild'),
    clear: [
      db.prepare('DELETE FROM search_pack'),
      db.prepare("INSERT INTO search_name (search_name) VALUES ('delete-all')"),
      db.prepare("INSERT INTO search_code (search_code) VALUES ('delete-all')"),
      db.prepare('DELETE FROM search_form'),
      db.prepare('DELETE FROM search_term'),
      db.prepare('DELETE FROM search_gram'),
    ],
  };
}
