import type Database from 'better-sqlite3';
import type { ScheduleClass } from '#shared/catalog/schedule-class.ts';
import { type Mark, marksIn } from '#shared/catalog/search-text-marks.ts';
import type { SearchQuery } from '#shared/catalog/search-text-query.ts';
import { type SoldAs, soldAsOf } from '#shared/catalog/sold-as.ts';
import type { Generic } from '#shared/catalog/tables.ts';
import { isSoldByWeight } from '#shared/catalog/weighed-sale.ts';
import { type Ranked, scoreOf, type Tier } from './search-ranking.ts';

/** A pack found. Price, batch and on hand are the caller's to join. */
export type PackHit = {
  readonly packId: string;
  readonly medicineId: string;
  readonly brand: string;
  readonly tallMan: string;
  readonly generics: readonly Generic[];
  readonly form: string;
  readonly label: string;
  readonly packSize: number;
  readonly baseUnit: string;
  readonly weighed: boolean;
  readonly scheduleClass: ScheduleClass;
  readonly soldAs: SoldAs | null;
  readonly status: 'active' | 'withdrawn';
  readonly matched: Matched;
  /** Higher is better, within one answer. */
  readonly score: number;
};

/** What of the hit answers the text. Marks are UTF-16 ranges [from, to). */
export type Matched = {
  readonly tier: Tier;
  /** The words looked for: as typed, or what they were taken for. */
  readonly words: readonly string[];
  readonly corrected: boolean;
  readonly brand: readonly Mark[];
  /** In the generics' names joined by ' + '. */
  readonly generics: readonly Mark[];
  readonly form: readonly Mark[];
  readonly label: readonly Mark[];
  /** The code that holds the typed part, without its scheme. */
  readonly code: { readonly value: string; readonly mark: Mark } | null;
};

/** Reads what the screen shows of a found pack; nothing where the pack is gone from the catalogue. */
export function createHitReader(
  db: Database.Database,
): (ranked: Ranked, query: SearchQuery) => readonly PackHit[] {
  const sql = db.prepare<[string], HitRow>(`
    SELECT p.id AS packId, p.medicine_id AS medicineId, m.brand, m.tall_man AS tallMan, m.generics, m.form, p.label,
      p.pack_size AS packSize, p.base_unit AS baseUnit, p.breakable, m.schedule_class AS scheduleClass, m.sold_as AS soldAs, p.status
    FROM pack p JOIN medicine m ON m.id = p.medicine_id WHERE p.id = ?`);
  return (ranked, query) => {
    const row = sql.get(ranked.candidate.packId);
    if (!row) return [];
    const generics: readonly Generic[] = JSON.parse(row.generics);
    return [
      {
        ...row,
        weighed: isSoldByWeight({ ...row, breakable: row.breakable === 1 }),
        soldAs: soldAsOf(row.soldAs),
        generics,
        matched: matchedOf({ ...row, generics }, ranked, query),
        score: scoreOf(ranked),
      },
    ];
  };
}

type HitRow = Omit<PackHit, 'generics' | 'soldAs' | 'weighed' | 'matched' | 'score'> & {
  readonly breakable: number;
  readonly generics: string;
  readonly soldAs: string | null;
};
type Texts = Pick<PackHit, 'brand' | 'generics' | 'form' | 'label'>;

function matchedOf(texts: Texts, { tier, terms, candidate }: Ranked, query: SearchQuery): Matched {
  const corrected = tier === 'corrected';
  const words = [...new Set([...query.names, ...terms, ...query.attributes.flatMap((a) => a.split(' '))])];
  const marked = tier === 'code' ? [] : words;
  return {
    tier,
    words: tier === 'code' && query.code !== null ? [query.code] : words,
    corrected,
    brand: marksIn(texts.brand, marked),
    generics: marksIn(texts.generics.map((g) => g.name).join(' + '), marked),
    form: marksIn(texts.form, marked),
    label: marksIn(texts.label, marked),
    code: tier === 'code' && query.code !== null ? codeWith(candidate.codes, query.code) : null,
  };
}

function codeWith(codes: string, part: string): Matched['code'] {
  const value = codes.split(' ').find((code) => code.includes(part));
  if (value === undefined) return null;
  const at = value.indexOf(part);
  return { value, mark: [at, at + part.length] };
}
