import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { scanWords } from '#shared/catalog/search-text.ts';
import { createSearch, type Search } from '../../desktop/till/catalog/search.ts';
import { createSearchIndex } from '../../desktop/till/catalog/search-index.ts';
import {
  type CataloguePack,
  fillCatalogue,
  inventedPacks,
  multiplied,
  openSearchDatabase,
  realPacks,
  seeded,
  withTypo,
} from './search-catalogue.ts';

/** One line of `npm run bench`: times in ms, shares from 0 to 1; `baseline` is the bare FTS5 prefix query. */
export type SearchFigure = {
  readonly name: 'search_keystroke' | 'search_typo_hit10' | 'search_rebuild' | 'search_slice';
  readonly n: number;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly value: number | null;
  readonly unit: 'ms' | 'share';
  readonly baseline: number | null;
  readonly ratio: number | null;
  readonly machine: string;
};

/**
 * Searches 100,000 packs, the real register multiplied under invented brand words (all invented where it is absent),
 * 60 % of them on hand, in a file as the till keeps it.
 */
export function searchBench(report: (figure: SearchFigure) => void): void {
  const random = seeded(2022);
  const folder = mkdtempSync(join(tmpdir(), 'pestle-search-'));
  try {
    const packs = multiplied(realPacks() ?? inventedPacks(20_000, random), PACKS, random);
    const db = openSearchDatabase(join(folder, 'till.db'));
    fillCatalogue(db, packs, () => random() < 0.6);
    const index = createSearchIndex(db);
    report(
      single(
        'search_rebuild',
        timed(() => index.rebuild()),
      ),
    );
    const search = createSearch(db);
    const bare = barePrefixQuery(db);
    report(keystrokes(packs, search, bare));
    report(typos(packs, { search, bare, random }));
    report(slices(index.rebuildInSlices()));
    db.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const PACKS = 100_000;
const MACHINE = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}`;

type Bare = (text: string) => readonly number[];

/** What FTS5 alone does with the words typed: each a beginning, all of them, twenty rows in no order. */
function barePrefixQuery(db: Database.Database): Bare {
  const query = db
    .prepare<[string], number>('SELECT rowid FROM search_name WHERE search_name MATCH ? LIMIT 20')
    .pluck();
  return (text) => {
    const words = scanWords(text).filter((w) => w.kind === 'word');
    return words.length === 0 ? [] : query.all(words.map((w) => `"${w.text}"*`).join(' AND '));
  };
}

/** Every key of names, generics with strength and size, names with a typo, and ends of codes as people type them. */
function keystrokes(packs: readonly CataloguePack[], search: Search, bare: Bare): SearchFigure {
  const random = seeded(7);
  const texts = every(packs, 250).flatMap((pack, i) => {
    const name = pack.brand.toLowerCase().split(',')[0]?.slice(0, 22) ?? '';
    const generic = pack.generics[0]?.name.toLowerCase().slice(0, 14) ?? '';
    const code = pack.codes[0]?.slice(-7) ?? '';
    return [[name, `${generic} ${pack.packSize}`, withTypo(name, random), code][i % 4] ?? name];
  });
  const keys = texts.flatMap((text) => Array.from({ length: text.length }, (_, i) => text.slice(0, i + 1)));
  for (const key of keys.slice(0, 300)) search.find(key, { limit: 20 });
  const ours = keys.map((key) => timed(() => search.find(key, { limit: 20 })));
  const alone = percentiles(keys.map((key) => timed(() => bare(key))));
  const figure = percentiles(ours);
  return {
    ...figure,
    name: 'search_keystroke',
    value: null,
    unit: 'ms',
    baseline: alone.p99,
    ratio: figure.p99 / alone.p99,
    machine: MACHINE,
  };
}

type TypoCase = { readonly search: Search; readonly bare: Bare; readonly random: () => number };

/** The share of first brand words with one typo for which one of ten hits has a brand that begins with the word. */
function typos(packs: readonly CataloguePack[], { search, bare, random }: TypoCase): SearchFigure {
  const words = every(packs, 2000)
    .map((pack) => (/^\p{L}+/u.exec(pack.brand)?.[0] ?? '').toLowerCase())
    .filter((word) => word.length >= 5);
  let answered = 0;
  let alone = 0;
  const times = words.map((word) => {
    const typo = withTypo(word, random);
    const from = performance.now();
    const hits = search.find(typo, { limit: 10 });
    const took = performance.now() - from;
    if (hits.some((hit) => hit.brand.toLowerCase().startsWith(word))) answered++;
    if (bare(typo).length > 0) alone++;
    return took;
  });
  const value = answered / words.length;
  const baseline = alone / words.length;
  return {
    ...percentiles(times),
    name: 'search_typo_hit10',
    value,
    unit: 'share',
    baseline,
    ratio: value / baseline,
    machine: MACHINE,
  };
}

/** How long the cashier waits at most for a slice of a rebuild. */
function slices(work: Generator<unknown>): SearchFigure {
  const times: number[] = [];
  for (let done = false; !done; )
    times.push(
      timed(() => {
        done = work.next().done === true;
      }),
    );
  return {
    ...percentiles(times),
    name: 'search_slice',
    value: Math.max(...times),
    unit: 'ms',
    baseline: null,
    ratio: null,
    machine: MACHINE,
  };
}

const single = (name: SearchFigure['name'], value: number): SearchFigure => ({
  name,
  n: 1,
  p50: null,
  p95: null,
  p99: null,
  value,
  unit: 'ms',
  baseline: null,
  ratio: null,
  machine: MACHINE,
});

/** About `count` of the items, evenly. */
function every<T>(items: readonly T[], count: number): readonly T[] {
  const step = Math.max(1, Math.floor(items.length / count));
  return items.filter((_, i) => i % step === 0);
}

function timed(work: () => unknown): number {
  const from = performance.now();
  work();
  return performance.now() - from;
}

function percentiles(times: readonly number[]) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { n: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
