import type Database from 'better-sqlite3';
import { parseQuery, type SearchQuery } from '#shared/catalog/search-text-query.ts';
import { quoted } from '../store/match-text.ts';
import { createCandidateQueries, prefixed } from './search-candidates.ts';
import { createHitReader, type PackHit } from './search-hits.ts';
import { createFound, type FoundSoFar, type Ranked, type Reading } from './search-ranking.ts';
import { createTermStore } from './search-terms.ts';

export type Search = {
  /**
   * Packs for what a cashier typed, best first: brands that begin so, brands with the words, generics, corrected
   * spellings; each with stock before without, then by brand and size; withdrawn packs with nothing on hand last.
   * Any text gives an answer, at worst an empty one; `limit` is kept within 1 to 200.
   */
  find(text: string, options: { readonly limit: number }): readonly PackHit[];
};

/** Fewer hits than this and the words may be mistyped. */
const ENOUGH = 3;
/** Hits of corrected words that are ranked by their distance. */
const CORRECTED_LOOKED_AT = 100;

/** Prepares its statements once: one for the life of a connection. The index is kept by search-index.ts. */
export function createSearch(db: Database.Database): Search {
  const candidates = createCandidateQueries(db);
  const terms = createTermStore(db);
  const read = createHitReader(db);

  function collect(query: SearchQuery, limit: number): readonly Ranked[] {
    const { names, attributes } = query;
    const wanted = { attributes, limit };
    const found = createFound(limit);
    if (query.code !== null) found.add('code', candidates.byCode(query.code, wanted));
    if (names.length === 0) return found.best();
    found.add('brand', candidates.byBrand(names.join(' '), wanted));
    // One letter names half the catalogue: the brands that begin with it are enough.
    const words = names.filter((name) => name.length > 1);
    if (words.length === 0) return found.best();
    const match = words.map(prefixed).join(' AND ');
    if (!found.full()) found.add('brandWord', candidates.byNames(`brand : (${match})`, wanted));
    if (!found.full()) found.add('generic', candidates.byNames(match, wanted));
    if (found.size() < ENOUGH) correct(query, found, limit);
    return found.best();
  }

  /** Words that find nothing and resemble nothing say something else than a name: they only sort. */
  function correct({ names, attributes }: SearchQuery, found: FoundSoFar, limit: number): void {
    const readings = names.map(readingsOf);
    const named = readings.filter((reading) => reading.length > 0);
    if (named.length === 0) return;
    const unnamed = names.filter((_, i) => readings[i]?.length === 0);
    const wanted = { attributes: [...attributes, ...unnamed].slice(0, 4), limit: CORRECTED_LOOKED_AT };
    const nearest = named.map((reading) => reading.filter(({ edits }) => edits === reading[0]?.edits));
    for (const round of [nearest, named]) {
      if (found.size() >= ENOUGH) return;
      const match = round.map((reading) => `(${reading.map((r) => r.match).join(' OR ')})`).join(' AND ');
      found.addCorrected(candidates.byNames(`brand : (${match})`, wanted), round);
      if (!found.full()) found.addCorrected(candidates.byNames(match, wanted), round);
    }
    const [first] = named;
    if (found.size() === 0 && first && named.length > 1) {
      const others = { attributes: [...attributes, ...names.slice(1)].slice(0, 4), limit };
      found.addCorrected(candidates.byNames(first.map((r) => r.match).join(' OR '), others), [first]);
    }
  }

  /** What a typed word may stand for: itself, if a name begins so, then the terms nearest to it. */
  function readingsOf(word: string): readonly Reading[] {
    const itself = candidates.isName(word)
      ? [{ term: word, match: prefixed(word), edits: 0, wholeEdits: 0 }]
      : [];
    return [...itself, ...terms.corrections(word).map((c) => ({ ...c, match: quoted(c.term) }))];
  }

  return {
    find(text, options) {
      const limit = Math.min(200, Math.max(1, Math.trunc(options.limit) || 1));
      const query = parseQuery(text, candidates.isForm);
      return collect(query, limit).flatMap((ranked) => read(ranked, query));
    },
  };
}
