import type Database from 'better-sqlite3';
import { letterPairs, maxEdits, wordDistance } from '#shared/catalog/search-text-distance.ts';

/** A word of some brand or generic. A term no pack has any more stays until the next rebuild: it then finds nothing. */
export type Term = { readonly id: number; readonly term: string };

/** A term near a mistyped word; `edits` as if the word were still being typed, `wholeEdits` as if it were finished. */
export type Correction = { readonly term: string; readonly edits: number; readonly wholeEdits: number };

export type TermStore = {
  /** Adds words to the vocabulary; the answer is those that were new. */
  add(words: readonly string[], known: Set<string>): readonly Term[];
  /** Makes new terms findable by their pairs of letters. */
  pair(terms: readonly Term[]): void;
  /** The same for the whole vocabulary, replacing what was there, in steps of `page` terms. */
  pairAll(page: number): Generator<void, void, void>;
  /** The nearest terms to a word that finds too little, best first, at most `MAX_CORRECTIONS`. */
  corrections(word: string): readonly Correction[];
};

/**
 * The corrector's vocabulary. For every pair of letters it keeps the ids of the terms that have it in one blob: a
 * correction reads as many blobs as the word has letters and counts, and nothing of it stays in memory.
 */
export function createTermStore(db: Database.Database): TermStore {
  const sql = prepare(db);

  const idsOf = (pair: string): Uint32Array => asIds(sql.gram.get(pair));
  const setIds = (pair: string, ids: Uint32Array): void => {
    sql.setGram.run(pair, Buffer.from(ids.buffer, ids.byteOffset, ids.byteLength));
  };
  function append(pairs: ReadonlyMap<string, readonly number[]>): void {
    for (const [pair, ids] of pairs) {
      const old = idsOf(pair);
      const all = new Uint32Array(old.length + ids.length);
      all.set(old);
      all.set(ids, old.length);
      setIds(pair, all);
    }
  }

  return {
    add(words, known) {
      return words.flatMap((term) => {
        if (known.has(term) || term.length < MIN_TERM || term.length > MAX_TERM) return [];
        known.add(term);
        const { changes, lastInsertRowid } = sql.addTerm.run(term);
        return changes === 0 ? [] : [{ id: Number(lastInsertRowid), term }];
      });
    },
    pair: (terms) => append(byPair(terms, new Map())),
    *pairAll(page) {
      sql.clearGrams.run();
      const pairs = new Map<string, number[]>();
      let last = 0;
      for (let terms = sql.termPage.all(last, page); terms.length > 0; terms = sql.termPage.all(last, page)) {
        byPair(terms, pairs);
        last = terms.at(-1)?.id ?? last;
        yield;
      }
      for (const [i, [pair, ids]] of [...pairs].entries()) {
        setIds(pair, Uint32Array.from(ids));
        if (i % 50 === 49) yield;
      }
      // Terms that came while the pairs were written.
      append(byPair(sql.termPage.all(last, -1), new Map()));
    },
    corrections(word) {
      const max = maxEdits(word.length);
      if (max === 0) return [];
      const ids = likeliest(letterPairs(word).map(idsOf), max);
      return sql.termsById
        .all(JSON.stringify(ids))
        .map((term) => {
          const { prefix, whole } = wordDistance(word, term, max);
          return { term, edits: prefix, wholeEdits: whole };
        })
        .filter(({ edits, term }) => edits <= max && edits > 0 && term.length >= MIN_TERM)
        .sort((a, b) => a.edits - b.edits || a.wholeEdits - b.wholeEdits || (a.term < b.term ? -1 : 1))
        .slice(0, MAX_CORRECTIONS);
    },
  };
}

const MIN_TERM = 3;
const MAX_TERM = 40;
const MAX_CORRECTIONS = 12;
/** Terms measured exactly for one word. */
const MAX_CANDIDATES = 250;

function byPair(terms: readonly Term[], pairs: Map<string, number[]>): Map<string, number[]> {
  for (const { id, term } of terms) {
    for (const pair of letterPairs(term)) {
      const ids = pairs.get(pair);
      if (ids) ids.push(id);
      else pairs.set(pair, [id]);
    }
  }
  return pairs;
}

/** A copy: the blob need not lie on a multiple of four. */
function asIds(blob: Buffer | undefined): Uint32Array {
  if (!blob) return new Uint32Array();
  return new Uint32Array(blob.buffer.slice(blob.byteOffset, blob.byteOffset + blob.byteLength));
}

/** The ids that share most pairs with the word. One edit breaks three pairs at most (a swap), the others must be there. */
function likeliest(lists: readonly Uint32Array[], max: number): readonly number[] {
  // Ids ascend: they are appended as terms are made.
  const top = Math.max(0, ...lists.map((ids) => ids.at(-1) ?? 0));
  const shared = new Uint8Array(top + 1);
  for (const ids of lists) for (const id of ids) shared[id] = (shared[id] ?? 0) + 1;
  const byCount: number[][] = Array.from({ length: lists.length + 1 }, () => []);
  const least = Math.max(1, lists.length - 3 * max);
  for (let id = 0; id <= top; id++) {
    const count = shared[id] ?? 0;
    if (count >= least) byCount[count]?.push(id);
  }
  return byCount.toReversed().flat().slice(0, MAX_CANDIDATES);
}

function prepare(db: Database.Database) {
  return {
    addTerm: db.prepare<[string]>('INSERT OR IGNORE INTO search_term (term) VALUES (?)'),
    termPage: db.prepare<[number, number], Term>(
      'SELECT id, term FROM search_term WHERE id > ? ORDER BY id LIMIT ?',
    ),
    termsById: db
      .prepare<[string], string>(
        'SELECT t.term FROM json_each(?) AS wanted JOIN search_term t ON t.id = wanted.value',
      )
      .pluck(),
    gram: db.prepare<[string], Buffer>('SELECT terms FROM search_gram WHERE gram = ?').pluck(),
    setGram: db.prepare<[string, Buffer]>(
      'INSERT INTO search_gram (gram, terms) VALUES (?, ?) ON CONFLICT (gram) DO UPDATE SET terms = excluded.terms',
    ),
    clearGrams: db.prepare('DELETE FROM search_gram'),
  };
}
