import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseScan } from '#shared/catalog/scan.ts';
import { createBrands, holders } from './brands.ts';
import { demoCatalogue } from './catalogue.ts';
import { genericEntries, genericsOf } from './generics.ts';
import { seeded } from './random.ts';
import { tallManOf } from './tall-man.ts';

const catalogue = demoCatalogue({ seed: 7, todayIso: '2026-11-24' });
const medicines = new Map(catalogue.medicines.map((medicine) => [medicine.id, medicine]));

describe('the catalogue', () => {
  test.each([1, 2, 3])('has at least 5,000 packs, seed %i', (seed) => {
    expect(demoCatalogue({ seed, todayIso: '2026-11-24' }).packs.length).toBeGreaterThanOrEqual(5000);
  });

  test('no two packs share brand, strength, form and size', () => {
    const names = catalogue.packs.map(({ medicineId, label }) => {
      const { brand, generics, form } = medicines.get(medicineId) ?? { brand: '', generics: [], form: '' };
      return JSON.stringify([brand, generics, form, label]);
    });
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test('every code is its own, and a scan of it finds it', () => {
    const codes = catalogue.packCodes.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes.filter((one) => one.startsWith('gtin:'))) {
      expect(code).toMatch(/^gtin:020(30|35|40)/);
      const scan = parseScan(code.slice('gtin:0'.length), { todayYear: 2026 });
      expect(scan.ok && scan.value.codes).toContain(code);
    }
  });

  test('every pack has a GTIN, a price of the org that holds today unless it is typed, and a tax class with a rate', () => {
    const coded = new Set(
      catalogue.packCodes.filter(({ code }) => code.startsWith('gtin:')).map(({ packId }) => packId),
    );
    const priced = new Set(
      catalogue.prices
        .filter(({ storeId, validFrom }) => storeId === null && validFrom < '2026-08-01')
        .map(({ packId }) => packId),
    );
    const open = new Set(
      catalogue.medicines.filter(({ soldAs }) => soldAs === 'open-price').map(({ id }) => id),
    );
    const taxed = new Set(catalogue.taxRates.map(({ taxClassId }) => taxClassId));
    const lacking = catalogue.packs.filter(
      ({ id, medicineId, taxClassId }) =>
        !coded.has(id) || !(priced.has(id) || open.has(medicineId)) || !taxed.has(taxClassId),
    );
    expect(lacking).toEqual([]);
  });

  test('tall-man names differ from the generics in case alone', () => {
    const tall = catalogue.medicines.filter(({ tallMan }) => tallMan !== '');
    for (const { tallMan, generics } of tall)
      expect(tallMan.toLowerCase()).toBe(generics.map(({ name }) => name).join(' + '));
    expect(tallManOf(['prednisone'])).toBe('predniSONE');
    expect(tallManOf(['prednisolone'])).toBe('prednisoLONE');
    expect(tallManOf(['amlodipine', 'valsartan'])).toBe('amLODIPine + valsartan');
  });

  test('a generic group holds one combination of generics and form, and never a single medicine', () => {
    const groups = new Map<string, Set<string>>();
    for (const { genericGroup, generics, form, id } of catalogue.medicines) {
      if (genericGroup === '') continue;
      groups.set(
        genericGroup,
        (groups.get(genericGroup) ?? new Set()).add(JSON.stringify([generics, form])).add(id),
      );
    }
    for (const members of groups.values()) expect(members.size).toBeGreaterThan(2);
    for (const members of groups.values())
      expect([...members].filter((member) => member.startsWith('['))).toHaveLength(1);
  });
});

describe('the generics', () => {
  const entries = genericEntries();
  test('are at least 250 names in all schedule classes', () => {
    expect(new Set(entries.flatMap(({ names }) => names)).size).toBeGreaterThanOrEqual(250);
    expect(new Set(entries.map(({ scheduleClass }) => scheduleClass)).size).toBe(4);
  });

  test('a combination has a strength for each of its names', () => {
    for (const { names, presentations } of entries)
      for (const { strengths } of presentations)
        for (const strength of strengths)
          expect(genericsOf(names, strength).every((generic) => generic.strength !== '')).toBe(true);
    expect(genericsOf(['a', 'b'], '50 mg/26.7 mg/ml')).toEqual([
      { name: 'a', strength: '50 mg/ml' },
      { name: 'b', strength: '26.7 mg/ml' },
    ]);
  });
});

describe('the invented names', () => {
  const register = new URL('../../../shared/data/bdpm2022/CIS_bdpm.txt', import.meta.url);
  const here = existsSync(register);
  if (!here)
    console.warn('demo-data: the register beside the project is absent, brands are not held against it');

  test.skipIf(!here)('none is the name of a real product or maker', () => {
    const rows = readFileSync(register, 'latin1')
      .split('\n')
      .map((line) => line.split('\t'));
    const firstWord = (text: string | undefined) =>
      (text ?? '')
        .trim()
        .toLowerCase()
        .split(/[\s,/]+/)[0] ?? '';
    const real = new Set(rows.map((row) => firstWord(row[1])));
    const makers = new Set(rows.map((row) => firstWord(row[10])));
    const brands = createBrands(seeded(1, 'brands'), []);
    const invented = [
      ...Array.from({ length: 3000 }, () => brands.next()),
      'Dolorane',
      'Ibuvance',
      'Cortavel',
      'Corticel',
      'Solvétine',
      'Pellavane',
      'Febrilis',
      'Codorane',
      'Migralene',
    ];
    expect(invented.filter((name) => real.has(name.toLowerCase()))).toEqual([]);
    expect(holders.filter((name) => makers.has(name.toLowerCase()))).toEqual([]);
  });

  test('no brand comes twice', () => {
    const brands = createBrands(seeded(1, 'brands'), []);
    const made = Array.from({ length: 2000 }, () => brands.next());
    expect(new Set(made).size).toBe(2000);
  });
});
