import { expect, test } from 'vitest';
import { checkProfile } from './import-profile.ts';
import { sampleTable } from './import-sample.ts';
import { suggestProfile } from './import-suggest.ts';

const about = { fileName: 'liste.csv', source: 'liste', currency: 'EUR' };

test('a list with semicolons, comma decimals and French headings is understood', () => {
  const text = `Désignation;EAN;Prix TTC;TVA;Laboratoire
DOLOVERT 500 mg;9990000000012;1.234,50;2,1;LABO
CALMIRINE;9990000000029;3,20;10;"LABO; FILS"
`;
  const suggestion = suggestProfile(text, about);
  expect(suggestion?.table).toMatchObject({ separator: ';', quote: '"', header: true });
  expect(suggestion?.table.rows[1]).toEqual(['CALMIRINE', '9990000000029', '3,20', '10', 'LABO; FILS']);
  const columns = suggestion?.profile.files[0]?.columns.map((c) => [c.at, c.field, c.as.kind]);
  expect(columns).toEqual([
    [1, 'brand', 'text'],
    [2, 'packCode', 'text'],
    [2, 'code', 'code'],
    [3, 'price', 'money'],
    [4, 'tax', 'text'],
    [5, 'holder', 'text'],
  ]);
  expect(suggestion?.profile.files[0]?.columns[3]?.as).toEqual({
    kind: 'money',
    decimalSign: ',',
    groupSigns: '. ',
  });
  expect(suggestion?.profile.tax.classes.map((c) => c.pct3)).toEqual([[2100], [10_000], [0]]);
  expect(checkProfile(suggestion?.profile)).toMatchObject({ ok: true });
});

test('point decimals and own codes are understood', () => {
  const suggestion = suggestProfile('SKU,Name,Price\nA-1,Soap,"1,204.50"\nA-2,Comb,2.00\n', about);
  expect(suggestion?.profile.files[0]?.columns.map((c) => c.as)).toEqual([
    { kind: 'text', max: 60 },
    { kind: 'code', scheme: 'sku' },
    { kind: 'text' },
    { kind: 'money', decimalSign: '.', groupSigns: ', ' },
  ]);
});

test('a file without headings shows numbered columns and is not guessed at', () => {
  const text = '60002283\tANASTRO 1 mg\t30,36\n60002284\tBETA 2 mg\t4,00\n60002285\tGAMMA\t1,00\n';
  expect(sampleTable(text)).toMatchObject({
    separator: '\t',
    header: false,
    columns: ['Column 1', 'Column 2', 'Column 3'],
  });
  expect(suggestProfile(text, about)).toBeNull();
});

test('prose is no table', () => {
  expect(sampleTable('Dear colleague\nplease find the list attached\n')).toBeNull();
});

test('a profile whose parts do not fit together is refused in words', () => {
  const profile = suggestProfile('SKU,Name,Price\nA-1,Soap,1.50\nA-2,Comb,2.00\n', about)?.profile;
  if (!profile) throw new Error('no profile');
  const noTax = {
    ...profile,
    tax: { ...profile.tax, classes: [{ ...profile.tax.classes[0], key: 'other' }] },
  };
  expect(checkProfile(noTax)).toEqual({
    ok: false,
    error: { code: 'BAD_PROFILE', problem: 'tax class "standard" is not defined' },
  });
  const noName = {
    ...profile,
    files: profile.files.map((f) => ({ ...f, columns: f.columns.filter((c) => c.field !== 'brand') })),
  };
  expect(checkProfile(noName)).toEqual({
    ok: false,
    error: { code: 'BAD_PROFILE', problem: '*: no column for the name' },
  });
  expect(checkProfile({ hello: 1 }).ok).toBe(false);
});
