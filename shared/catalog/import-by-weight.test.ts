import { describe, expect, test } from 'vitest';
import { diffRegister, type PackRow } from './import-diff.ts';
import { importIds } from './import-ids.ts';
import type { ImportIssue } from './import-issues.ts';
import type { ImportField } from './import-profile.ts';
import { createRegister } from './import-register.ts';
import { suggestProfile } from './import-suggest.ts';

const suggestion = suggestProfile('SKU,Name,Price,Sold by weight\nT-1,Camomile,48.00,yes\nT-2,Comb,2.00,\n', {
  ...{ fileName: 'teas.csv', source: 'teas', currency: 'EUR' },
});
if (!suggestion) throw new Error('no profile');
const { profile } = suggestion;

test('a list’s column says what is sold by weight: in grams, priced by the kilogram', () => {
  expect(profile.files[0]?.columns.at(-1)).toMatchObject({ at: 4, field: 'soldByWeight' });
  expect(read({ soldByWeight: 'Yes' })).toEqual({
    content: { packSize: 1000, baseUnit: 'g', breakable: true },
    issues: [],
  });
  expect(read({ soldByWeight: 'oui', packSize: 100, baseUnit: 'piece' }).content).toEqual({
    ...{ packSize: 100, baseUnit: 'g', breakable: true },
  });
});

test('what says nothing or no is sold by the piece, and a word that is neither is reported', () => {
  for (const soldByWeight of ['', 'non', '0'])
    expect(read({ soldByWeight, packSize: 30, baseUnit: 'g' })).toEqual({
      content: { packSize: 30, baseUnit: 'g', breakable: false },
      issues: [],
    });
  expect(read({ soldByWeight: 'perhaps', packSize: 30 })).toMatchObject({
    content: { breakable: false },
    issues: [{ column: 'soldByWeight', code: 'unknown-value', params: { text: 'perhaps', as: 'no' } }],
  });
});

describe('an article that is there already', () => {
  const grams = { packSize: 1000, baseUnit: 'g', breakable: false, stocked: true };
  test('comes to be sold by weight, and ceases to be, where it is counted in grams already', () => {
    expect(changed(grams, { soldByWeight: 'yes' })).toEqual({ cols: { breakable: true }, issues: [] });
    const sold = { ...grams, breakable: true };
    expect(changed(sold, { packSize: 1000, baseUnit: 'g' }).cols).toEqual({ breakable: false });
  });

  test('keeps the unit its stock is counted in, and that is said', () => {
    const pieces = { packSize: 1, baseUnit: 'piece', breakable: false, stocked: true };
    expect(changed(pieces, { soldByWeight: 'yes' })).toMatchObject({
      cols: {},
      issues: [{ code: 'size-kept', params: { size: 1, unit: 'piece', found: 1000 } }],
    });
    expect(changed({ ...pieces, stocked: false }, { soldByWeight: 'yes' }).cols).toEqual({
      ...{ packSize: 1000, baseUnit: 'g', breakable: true },
    });
  });
});

type Kept = Pick<PackRow, 'packSize' | 'baseUnit' | 'breakable' | 'stocked'>;

/** What an import of one row changes about a pack that HQ has. */
function changed(kept: Kept, said: Said) {
  const issues: ImportIssue[] = [];
  const register = finished(said, issues);
  const ids = importIds(() => new Uint8Array(32), profile.source);
  const row: PackRow = {
    ...{ id: ids.pack('T-1'), medicineId: ids.medicine('T-1'), label: '', ...kept },
    ...{ taxClassId: ids.taxClass('standard'), status: 'active', registerRef: 'teas:T-1', deleted: false },
  };
  const present = {
    ...{ medicines: new Map(), packs: new Map([[row.id, row]]), codes: new Map(), prices: new Map() },
    taxClasses: new Set<string>(),
  };
  const report = (issue: ImportIssue) => issues.push(issue);
  const [step] = diffRegister({
    ...{ profile, present, ids, report },
    wanted: register,
    validFrom: '2026-11-23',
  });
  const edit = step?.edits.find(({ t }) => t === 'pack');
  return { cols: edit?.cols ?? {}, issues };
}

type Said = { readonly soldByWeight?: string; readonly packSize?: number; readonly baseUnit?: string };

function read(said: Said) {
  const issues: ImportIssue[] = [];
  return { content: finished(said, issues).packs[0]?.content, issues };
}

function finished({ soldByWeight = '', packSize, baseUnit = '' }: Said, issues: ImportIssue[]) {
  const register = createRegister(profile, (issue) => issues.push(issue));
  const values = new Map<ImportField, string | number>([
    ['packCode', 'T-1'],
    ['brand', 'Camomile'],
    ['soldByWeight', soldByWeight],
    ['baseUnit', baseUnit],
  ]);
  if (packSize !== undefined) values.set('packSize', packSize);
  register.add('pack', { file: 'teas.csv', line: 2, codes: [], leftOut: false, values });
  const finish = register.finish();
  for (;;) {
    const { done, value } = finish.next();
    if (done) return value;
  }
}
