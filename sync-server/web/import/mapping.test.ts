import { expect, test } from 'vitest';
import { checkProfile } from '#shared/catalog/import-profile.ts';
import { suggestProfile } from '#shared/catalog/import-suggest.ts';
import { fits, meaningOf, partOf, withMeaning } from './mapping.ts';

const csv = 'Code;Name;Price\n3400935291448;Dolomyl 500 mg;3,84\n3400930108277;Solvetine 20 mg;4,12\n';
const profile = suggestProfile(csv, { fileName: 'list.csv', source: 'list', currency: 'EUR' })?.profile;
if (!profile) throw new Error('no profile for the sample');

test('a column means what the profile says, a pack code is a code to scan too', () => {
  const found = partOf(profile, 'list.csv');
  expect(found?.index).toBe(0);
  expect(found && meaningOf(found.part, 1, 'Code')).toEqual({ field: 'packCode', scheme: 'gtin' });
  expect(found && meaningOf(found.part, 2, 'Name').field).toBe('brand');
});

test('a field that moves to another column leaves the one it was on', () => {
  const moved = withMeaning(profile, { index: 0, place: 3, heading: 'Price', field: 'brand' });
  const part = moved.files[0];
  if (!part) throw new Error('no part');
  expect(meaningOf(part, 3, 'Price').field).toBe('brand');
  expect(meaningOf(part, 2, 'Name').field).toBeNull();
});

test('an edited profile is one HQ accepts', () => {
  const without = withMeaning(profile, { index: 0, place: 3, heading: 'Price', field: null });
  expect(checkProfile(without).ok).toBe(true);
  const back = withMeaning(without, { index: 0, place: 3, heading: 'Price', field: 'price' });
  expect(checkProfile(back).ok).toBe(true);
  const code = withMeaning(back, { index: 0, place: 1, heading: 'Code', field: 'packCode' });
  expect(checkProfile(code).ok).toBe(true);
  expect(checkProfile(withMeaning(code, { index: 0, place: 1, heading: 'Code', field: null })).ok).toBe(
    false,
  );
});

test('a pattern fits by its stars alone', () => {
  expect(fits('CIS_CIP_bdpm*', 'cis_cip_BDPM (1).txt')).toBe(true);
  expect(fits('CIS_bdpm*', 'CIS_CIP_bdpm.txt')).toBe(false);
  expect(fits('a.csv', 'axcsv')).toBe(false);
});
