import { compareCodePoints } from '#shared/kernel/text.ts';
import { type Candidate, SLOTS } from './search-candidates.ts';

/** How a pack was found, best first. */
export const tiers = ['code', 'brand', 'brandWord', 'generic', 'corrected'] as const;
export type Tier = (typeof tiers)[number];

/** What one typed word may stand for: itself, or a term near it. */
export type Reading = {
  readonly term: string;
  /** As FTS5 expression. */
  readonly match: string;
  readonly edits: number;
  readonly wholeEdits: number;
};

export type Ranked = {
  readonly candidate: Candidate;
  readonly tier: Tier;
  /** Edits of all words together, times 100, plus what is left to the whole words; 0 where nothing was corrected. */
  readonly cost: number;
  /** The terms the typed words were taken for. */
  readonly terms: readonly string[];
};

/** The packs found so far, each once, in its best tier. */
export type FoundSoFar = {
  add(tier: Tier, candidates: readonly Candidate[]): void;
  addCorrected(candidates: readonly Candidate[], words: readonly (readonly Reading[])[]): void;
  size(): number;
  /** Enough that no later tier can change the answer. */
  full(): boolean;
  /**
   * At most `limit`, best first. Where some have every attribute asked for, only those; but never a corrected name
   * instead of the name that was typed.
   */
  best(): readonly Ranked[];
};

export function createFound(limit: number): FoundSoFar {
  const byPack = new Map<string, Ranked>();
  const add = (ranked: Ranked): void => {
    const { packId } = ranked.candidate;
    if (!byPack.has(packId)) byPack.set(packId, ranked);
  };
  return {
    add: (tier, candidates) => {
      for (const candidate of candidates) add({ candidate, tier, cost: 0, terms: [] });
    },
    addCorrected: (candidates, words) => {
      for (const candidate of candidates) add({ candidate, tier: 'corrected', ...costOf(candidate, words) });
    },
    size: () => byPack.size,
    full: () => [...byPack.values()].filter((r) => whole(r) && !r.candidate.gone).length >= limit,
    best: () => {
      const all = [...byPack.values()];
      const typed = sifted(all.filter((r) => r.tier !== 'corrected'));
      const corrected = sifted(all.filter((r) => r.tier === 'corrected'));
      return [...typed, ...corrected].sort(compareRanked).slice(0, limit);
    },
  };
}

/** Has every attribute asked for. */
const whole = ({ candidate }: Ranked): boolean => candidate.matched === SLOTS;
const sifted = (all: readonly Ranked[]): readonly Ranked[] => (all.some(whole) ? all.filter(whole) : all);

/** Higher is better; says something only between hits of one answer. */
export const scoreOf = ({ candidate, tier, cost }: Ranked): number =>
  (candidate.gone ? 0 : 2000) +
  (tier === 'corrected' ? 0 : 1000) +
  candidate.matched * 100 +
  (tiers.length - tiers.indexOf(tier)) * 10 -
  cost / 100 +
  candidate.stocked;

function compareRanked(a: Ranked, b: Ranked): number {
  const x = a.candidate;
  const y = b.candidate;
  return (
    x.gone - y.gone ||
    Number(a.tier === 'corrected') - Number(b.tier === 'corrected') ||
    y.matched - x.matched ||
    tiers.indexOf(a.tier) - tiers.indexOf(b.tier) ||
    a.cost - b.cost ||
    leads(b) - leads(a) ||
    y.exact - x.exact ||
    y.stocked - x.stocked ||
    compareCodePoints(x.brandKey, y.brandKey) ||
    x.packSize - y.packSize ||
    compareCodePoints(x.packId, y.packId)
  );
}

/** Among corrected hits, 1 where the brand begins with the word it was taken for. */
const leads = ({ candidate, terms }: Ranked): number =>
  terms.some((term) => candidate.brandKey.startsWith(term)) ? 1 : 0;

function costOf(
  candidate: Candidate,
  words: readonly (readonly Reading[])[],
): Pick<Ranked, 'cost' | 'terms'> {
  let cost = 0;
  const terms: string[] = [];
  for (const readings of words) {
    // Readings come nearest first.
    const reading = readings.find(({ term, edits }) =>
      candidate.words.includes(edits === 0 ? ` ${term}` : ` ${term} `),
    );
    cost += reading ? reading.edits * 100 + reading.wholeEdits : 1000;
    if (reading) terms.push(reading.term);
  }
  return { cost, terms };
}
