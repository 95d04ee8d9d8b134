import { expect, test } from 'vitest';
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

type Said = { readonly soldByWeight?: string; readonly packSize?: number; readonly baseUnit?: string };

function read({ soldByWeight = '', packSize, baseUnit = '' }: Said) {
  const issues: ImportIssue[] = [];
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
    if (done) return { content: value.packs[0]?.content, issues };
  }
}
