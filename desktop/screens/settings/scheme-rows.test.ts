import { expect, test } from 'vitest';
import { emptyRow, rowOfScheme, schemeOfRow } from './scheme-rows.ts';

test('the value takes what the prefix, the article and a check digit leave of twelve digits', () => {
  const weight = { ...emptyRow, prefix: '22', measures: 'weightKg', decimals: '3' } as const;
  expect(schemeOfRow(weight)).toEqual({
    ...{ prefix: '22', itemDigits: 5, valueDigits: 5, measures: 'weightKg', decimals: 3 },
  });
  expect(schemeOfRow({ ...emptyRow, prefix: '٢٣', checked: true })).toMatchObject({
    ...{ prefix: '23', valueDigits: 4, valueCheckDigit: true },
  });
  expect(schemeOfRow({ ...emptyRow, prefix: '24', measures: 'quantity' })).toMatchObject({ decimals: 0 });
});

test.each([
  { itemDigits: '' },
  { itemDigits: '10' },
  { itemDigits: '0' },
  { itemDigits: 'x' },
  { decimals: '9' },
  { itemDigits: '3', checked: true },
])('%j is no layout that can be', (change) => {
  expect(schemeOfRow({ ...emptyRow, prefix: '21', ...change })).toBeNull();
});

test('a stored layout comes back as it would be typed', () => {
  const scheme = { prefix: '21', itemDigits: 4, valueDigits: 5, valueCheckDigit: true };
  const stored = { ...scheme, measures: 'price', decimals: 2 } as const;
  expect(schemeOfRow(rowOfScheme(stored))).toEqual(stored);
});
