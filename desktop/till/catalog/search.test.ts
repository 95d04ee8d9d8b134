import type Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CataloguePack,
  fillCatalogue,
  inventedPacks,
  openSearchDatabase,
  packId,
  realPacks,
  seeded,
  withTypo,
} from '../../../build/bench/search-catalogue.ts';
import { createSearch } from './search.ts';
import { createSearchIndex } from './search-index.ts';

const medicine = (over: Partial<CataloguePack>): CataloguePack => ({
  medicine: over.brand ?? 'm',
  brand: 'DOLIPRANE 500 mg, comprimé',
  generics: [{ name: 'PARACÉTAMOL', strength: '500 mg' }],
  form: 'comprimé',
  holder: 'SANOFI',
  label: 'boîte de 16 comprimés',
  packSize: 16,
  codes: ['gtin:03400930000011'],
  withdrawn: false,
  ...over,
});

const shelf: readonly CataloguePack[] = [
  medicine({}),
  medicine({
    brand: 'DOLIPRANE 1000 mg, comprimé',
    generics: [{ name: 'PARACÉTAMOL', strength: '1 000 mg' }],
    packSize: 8,
    label: 'boîte de 8',
    codes: ['gtin:03400930000028', 'sku:AB-7788'],
  }),
  medicine({
    brand: 'DOLIPRANE 2,4 POUR CENT, suspension buvable',
    form: 'suspension buvable',
    packSize: 100,
    label: 'flacon',
    codes: [],
  }),
  medicine({ brand: 'PARACETAMOL BIOGARAN 500 mg, comprimé', codes: ['gtin:03400930000035'] }),
  medicine({
    brand: 'AMOXICILLINE MYLAN 500 mg, gélule',
    generics: [{ name: 'AMOXICILLINE', strength: '500 mg' }],
    form: 'gélule',
    codes: [],
  }),
  medicine({ brand: 'DOLIVIEUX 500 mg, comprimé', withdrawn: true, codes: [] }),
  medicine({ brand: 'باراسيتامول', generics: [], codes: [] }),
  medicine({ brand: 'ŒSTROGEL', generics: [{ name: 'ESTRADIOL', strength: '' }], form: 'gel', codes: [] }),
];

function opened(packs: readonly CataloguePack[], stocked: (i: number) => boolean = () => false) {
  const db = openSearchDatabase();
  fillCatalogue(db, packs, stocked);
  const index = createSearchIndex(db);
  index.rebuild();
  const search = createSearch(db);
  const ids = (text: string, limit = 20) => search.find(text, { limit }).map((hit) => hit.packId);
  return { db, index, search, ids };
}

describe('a typed text', () => {
  const { search, ids } = opened(shelf);
  const brands = (text: string) => search.find(text, { limit: 20 }).map((hit) => hit.brand.split(',')[0]);

  test('finds brands that begin so first, then generics; withdrawn packs without stock come last', () => {
    expect(ids('dol')).toEqual(['p000001', 'p000000', 'p000002', 'p000005']);
    expect(brands('paracetamol')[0]).toBe('PARACETAMOL BIOGARAN 500 mg');
    expect(ids('paracetamol').at(-1)).toBe('p000005');
  });

  test('prefers packs on hand, and keeps withdrawn ones that are', () => {
    const stocked = opened(shelf, (i) => i === 0 || i === 5);
    expect(stocked.ids('dol')).toEqual(['p000000', 'p000005', 'p000001', 'p000002']);
  });

  test('sifts by strength, however it is written, by form and by size', () => {
    expect(ids('dolip 1000')).toEqual(['p000001']);
    expect(ids('dolip 1g')).toEqual(['p000001']);
    expect(ids('dolip 500mg')).toContain('p000000');
    expect(ids('dolip 500mg')).not.toContain('p000001');
    expect(ids('dolip susp')).toEqual(['p000002']);
    expect(ids('paracet 500 bte 16')[0]).toBe('p000003');
    expect(ids('dolip cpr')).toEqual(['p000001', 'p000000']);
  });

  test('an attribute that no pack has does not empty the answer', () => {
    expect(ids('dolip 777')).toHaveLength(3);
  });

  test('a corrected name never takes the place of the one that was typed', () => {
    const relpax = medicine({ brand: 'RELPAX 40 mg, comprimé', generics: [], codes: [] });
    const replax = medicine({ brand: 'REPLAX 80 mg, comprimé', generics: [], codes: [] });
    const { search: both } = opened([relpax, replax]);
    expect(both.find('relpax 80', { limit: 5 }).map((h) => [h.packId, h.matched.corrected])).toEqual([
      ['p000000', false],
      ['p000001', true],
    ]);
  });

  test('forgives a letter lost, doubled, replaced or swapped, also in a word not finished', () => {
    for (const typo of ['dolirane', 'dolliprane', 'dolibrane', 'dolirpane', 'oliprane', 'dolirpa'])
      expect(ids(typo), typo).toContain('p000000');
    expect(search.find('paracetmo', { limit: 5 })[0]?.brand).toBe('PARACETAMOL BIOGARAN 500 mg, comprimé');
    expect(ids('amoxiciline mylna')).toEqual(['p000004']);
    expect(ids('paracetmo 1000')).toEqual(['p000001']);
  });

  test('a second word that is nowhere leaves the first word its answer', () => {
    expect(ids('amoxicilline qqqqqqq')).toEqual(['p000004']);
    expect(ids('amoxicilline doliprane')).not.toEqual([]);
  });

  test('finds codes by four digits or more anywhere in them', () => {
    expect(ids('000028')).toEqual(['p000001']);
    expect(ids('3400 930 000011')).toEqual(['p000000']);
    expect(ids('9300').length).toBe(3);
    expect(ids('ab-7788')).toEqual(['p000001']);
    expect(ids('7788')).toEqual(['p000001']);
    expect(search.find('000028', { limit: 1 })[0]?.matched.code).toEqual({
      value: '03400930000028',
      mark: [8, 14],
    });
  });

  test('reads accents, ligatures and Arabic as people type them', () => {
    expect(ids('oestro')).toEqual(['p000007']);
    expect(ids('ŒSTRO')).toEqual(['p000007']);
    expect(ids('باراسیتا')).toEqual(['p000006']);
  });

  test('marks what answered', () => {
    const hit = search.find('dolip 500', { limit: 1 })[0];
    expect(hit?.matched.brand.map(([a, b]) => hit.brand.slice(a, b))).toEqual(['DOLIP', '500']);
    const corrected = search.find('paracetmol', { limit: 1 })[0];
    expect(corrected?.matched.corrected).toBe(true);
    expect(corrected?.matched.brand.map(([a, b]) => corrected.brand.slice(a, b))).toEqual(['PARACETAMOL']);
  });

  test.each([
    '',
    '   ',
    '"',
    '*',
    '^dol',
    'brand:dol',
    '-',
    '(',
    'NEAR(a b)',
    'dol" OR "x',
    '\0',
    '\0dol',
    '💊',
    '💊💊💊',
    "'; DROP TABLE pack; --",
    '{brand} : "a',
    '\ud800',
    'a'.repeat(10_000),
    '1'.repeat(10_000),
    'doliprane '.repeat(1000),
    '%_%',
  ])('never fails: %j', (text) => expect(search.find(text, { limit: 10 }).length).toBeLessThanOrEqual(10));

  test('never fails and repeats itself, whatever is typed', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom('doliprane', '500', ' AND ', '"', '*', ' 3400'),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), fc.integer({ min: -5, max: 500 }), (pieces, limit) => {
        const text = pieces.join('');
        const hits = search.find(text, { limit });
        expect(hits.length).toBeLessThanOrEqual(Math.max(1, Math.min(limit, 200)));
        expect(search.find(text, { limit })).toEqual(hits);
      }),
      { seed: 5, numRuns: 500 },
    );
  });
});

describe('the index', () => {
  const edit = (db: Database.Database, sql: string) => db.exec(sql);

  test('follows a renamed medicine, a withdrawn or deleted pack and a new code', () => {
    const { db, index, ids } = opened(shelf);
    edit(
      db,
      "UPDATE medicine SET brand = 'ZYLOTREX 500 mg, comprimé' WHERE id = 'AMOXICILLINE MYLAN 500 mg, gélule'",
    );
    index.indexMedicine('AMOXICILLINE MYLAN 500 mg, gélule');
    expect(ids('zylotr')).toEqual(['p000004']);
    expect(ids('zylotrxe')).toEqual(['p000004']);
    expect(ids('mylan')).toEqual([]);
    edit(db, "UPDATE pack SET status = 'withdrawn' WHERE id = 'p000001'");
    index.reindexPacks(['p000001']);
    expect(ids('dolip').at(-1)).toBe('p000001');
    edit(
      db,
      "UPDATE pack_code SET deleted = 1 WHERE pack_id = 'p000003'; UPDATE pack SET deleted = 1 WHERE id = 'p000000'",
    );
    index.reindexPacks(['p000003', 'p000000', 'no-such-pack']);
    expect(ids('000035')).toEqual([]);
    expect(ids('doliprane')).toEqual(['p000002', 'p000001']);
    edit(db, "UPDATE medicine SET deleted = 1 WHERE brand LIKE 'PARACETAMOL%'");
    index.indexMedicine('PARACETAMOL BIOGARAN 500 mg, comprimé');
    expect(ids('biogaran')).toEqual([]);
  });

  test('undoes its writes with the transaction they belong to', () => {
    const { db, index, ids } = opened(shelf);
    db.exec("BEGIN; UPDATE medicine SET brand = 'ZYLOTREX' WHERE brand LIKE 'AMOX%'");
    index.reindexPacks(['p000004']);
    db.exec('ROLLBACK');
    expect(ids('zylotrex')).toEqual([]);
    expect(ids('amox')).toEqual(['p000004']);
  });

  test('changes one by one give the same answers as a rebuild, in one go or in slices', () => {
    const packs = inventedPacks(120, seeded(7));
    const queries = packs.flatMap((p) => [
      p.brand.slice(0, 4),
      p.brand.slice(0, 9),
      withTypo(p.brand.slice(0, 8), seeded(p.packSize)),
    ]);
    const whole = opened(packs);
    const sliced = opened(packs);
    expect([...sliced.index.rebuildInSlices()].at(-1)).toEqual({ done: 120, total: 120 });
    const single = opened(packs);
    single.db.exec('UPDATE pack SET deleted = 1');
    single.index.rebuild();
    expect(single.ids(queries[0] ?? '')).toEqual([]);
    single.db.exec('UPDATE pack SET deleted = 0');
    for (const i of packs.keys()) single.index.reindexPacks([packId(i)]);
    for (const query of queries) {
      const expected = whole.ids(query);
      expect(sliced.ids(query), query).toEqual(expected);
      expect(single.ids(query), query).toEqual(expected);
    }
  });

  test('a rebuild cut off goes on where it was, with changes that came in between', () => {
    const packs = inventedPacks(300, seeded(8));
    const { db, index } = opened(packs);
    const cut = index.rebuildInSlices();
    cut.next();
    cut.next();
    expect(index.rebuildPending()).toBe(true);
    db.exec(`UPDATE medicine SET brand = 'ZYLOTREX' WHERE id = '${packs[0]?.medicine}'`);
    const again = createSearchIndex(db);
    again.indexMedicine(packs[0]?.medicine ?? '');
    const first = again.rebuildInSlices().next().value;
    expect(first?.done).toBe(75);
    for (const _ of again.rebuildInSlices());
    expect(again.rebuildPending()).toBe(false);
    const find = (text: string) =>
      createSearch(db)
        .find(text, { limit: 200 })
        .map((hit) => hit.packId);
    expect(find('zylotrxe')).toEqual([packId(0)]);
    expect(db.prepare('SELECT count(*) FROM search_pack').pluck().get()).toBe(300);
  });
});

describe('a register', () => {
  const real = realPacks();
  if (!real) console.warn('search: ../shared/data is absent, searching 5,000 invented packs');
  const packs = real ?? inventedPacks(5000, seeded(9));
  const { search } = opened(packs, (i) => i % 3 === 0);

  test('answers 95 of 100 words with one typo within ten hits', () => {
    const random = seeded(10);
    const words = packs
      .filter((_, i) => i % 23 === 0)
      .map((p) => (/^\p{L}+/u.exec(p.brand)?.[0] ?? '').toLowerCase())
      .filter((word) => word.length >= 5);
    const answered = words.filter((word) =>
      search
        .find(withTypo(word, random), { limit: 10 })
        .some((hit) => hit.brand.toLowerCase().startsWith(word)),
    );
    expect(words.length).toBeGreaterThan(100);
    expect(answered.length / words.length).toBeGreaterThanOrEqual(0.95);
  });

  test('finds every pack by its whole code and by the end of it', () => {
    for (const [i, pack] of packs.entries()) {
      if (i % 211 !== 0) continue;
      const code = pack.codes[0]?.split(':')[1] ?? '';
      expect(search.find(code, { limit: 20 })[0]?.packId).toBe(packId(i));
      expect(search.find(code.slice(-7), { limit: 50 }).map((h) => h.packId)).toContain(packId(i));
    }
  });
});
