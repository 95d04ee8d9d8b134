import type Database from 'better-sqlite3';
import { quoted } from '../store/match-text.ts';

/** A pack that an index named, with what ranking needs. */
export type Candidate = {
  readonly packId: string;
  readonly brandKey: string;
  readonly packSize: number;
  /** How many of the `SLOTS` attributes the pack has, and how many to the letter; a slot not used counts as met. */
  readonly matched: number;
  readonly exact: number;
  /** Some batch is on hand. */
  readonly stocked: number;
  /** Withdrawn with nothing on hand: for returns and questions only, so last. */
  readonly gone: number;
  readonly words: string;
  readonly codes: string;
};

export type CandidateQueries = {
  /** Packs whose brand begins with these letters. */
  byBrand(prefix: string, wanted: Wanted): readonly Candidate[];
  /** Packs by an FTS5 expression over brand and generic. */
  byNames(match: string, wanted: Wanted): readonly Candidate[];
  /** Packs one of whose codes holds this text. */
  byCode(part: string, wanted: Wanted): readonly Candidate[];
  /** Whether any name begins so. */
  isName(prefix: string): boolean;
  /** Whether any word of a form or label begins so. */
  isForm(prefix: string): boolean;
};
export type Wanted = { readonly attributes: readonly string[]; readonly limit: number };

/**
 * The three ways to packs. Each looks at a bounded number: of the first that the index names (`LOOKED_AT`, fewer where
 * it names them in the order wanted), the best `STOCK_ASKED` by everything but stock, of these the best `limit`.
 */
export function createCandidateQueries(db: Database.Database): CandidateQueries {
  const byBrand = db.prepare<Parameters & { from: string; to: string }, Candidate>(
    ranked(
      'SELECT id FROM search_pack WHERE brand_key >= :from AND brand_key < :to ORDER BY brand_key, pack_size',
    ),
  );
  const byNames = db.prepare<Parameters & { match: string }, Candidate>(
    ranked('SELECT rowid AS id FROM search_name WHERE search_name MATCH :match'),
  );
  const byCode = db.prepare<Parameters & { match: string }, Candidate>(
    ranked('SELECT rowid AS id FROM search_code WHERE search_code MATCH :match'),
  );
  const name = db.prepare<[string]>('SELECT 1 FROM search_name WHERE search_name MATCH ? LIMIT 1');
  const form = db.prepare<[string, string]>('SELECT 1 FROM search_form WHERE word >= ? AND word < ? LIMIT 1');

  return {
    byBrand: (prefix, wanted) =>
      byBrand.all({
        ...parameters(wanted, wanted.attributes.length > 0 ? LOOKED_AT : STOCK_ASKED * 2),
        from: prefix,
        to: prefix + LAST,
      }),
    byNames: (match, wanted) => byNames.all({ ...parameters(wanted), match }),
    byCode: (part, wanted) => byCode.all({ ...parameters(wanted), match: quoted(part) }),
    isName: (prefix) => name.get(prefixed(prefix)) !== undefined,
    isForm: (prefix) => prefix.length >= 2 && form.get(prefix, prefix + LAST) !== undefined,
  };
}

/** Names that begin with the word. */
export const prefixed = (word: string): string => `${quoted(word)}*`;

const LOOKED_AT = 2000;
const STOCK_ASKED = 300;
/** Sorts behind every letter. */
const LAST = '\u{10ffff}';

type Parameters = {
  readonly [a in 'a1' | 'a2' | 'a3' | 'a4']: string;
} & { readonly limit: number; readonly lookedAt: number };

/** An attribute slot that is not used is the empty text, which `instr` finds everywhere. */
function parameters({ attributes, limit }: Wanted, lookedAt = LOOKED_AT): Parameters {
  const [a1 = '', a2 = '', a3 = '', a4 = ''] = attributes.map((attribute) => ` ${attribute}`);
  return { a1, a2, a3, a4, limit, lookedAt };
}

/** Attributes that one search can ask for. */
export const SLOTS = 4;
const slots = ['a1', 'a2', 'a3', 'a4'];
const has = slots.map((a) => `(instr(p.words, :${a}) > 0)`).join(' + ');
/** A whole word: what follows is a space. The empty slot counts, as all words stand between spaces. */
const hasExactly = slots.map((a) => `(instr(p.words, :${a} || ' ') > 0)`).join(' + ');

const ranked = (source: string): string => `
  WITH found AS MATERIALIZED (${source} LIMIT :lookedAt),
  near AS MATERIALIZED (
    SELECT p.id, p.pack_id, p.brand_key, p.pack_size, p.withdrawn, ${has} AS matched, ${hasExactly} AS exact
    FROM found CROSS JOIN search_pack p ON p.id = found.id
    ORDER BY matched DESC, exact DESC, p.withdrawn, p.brand_key, p.pack_size, p.pack_id LIMIT ${STOCK_ASKED}
  ),
  stock AS MATERIALIZED (
    SELECT near.*, EXISTS (SELECT 1 FROM on_hand o WHERE o.pack_id = near.pack_id AND o.qty_base > 0) AS stocked FROM near
  ),
  best AS MATERIALIZED (
    SELECT *, withdrawn AND NOT stocked AS gone FROM stock
    ORDER BY matched DESC, gone, exact DESC, stocked DESC, brand_key, pack_size, pack_id LIMIT :limit
  )
  SELECT best.pack_id AS packId, best.brand_key AS brandKey, best.pack_size AS packSize, matched, exact, stocked, gone,
    p.words, p.codes
  FROM best CROSS JOIN search_pack p ON p.id = best.id`;
