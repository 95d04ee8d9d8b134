import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gs1CheckDigit } from './gtin.ts';
import type { WeighedScheme } from './scan-types.ts';
import {
  isWeighedScheme,
  parseWeighed,
  priceCheckDigit,
  sampleLabel,
  weighedSchemesFault,
} from './weighed.ts';

const byPrice: WeighedScheme = {
  prefix: '21',
  itemDigits: 5,
  valueDigits: 5,
  measures: 'price',
  decimals: 2,
};
const checked: WeighedScheme = {
  prefix: '23',
  itemDigits: 5,
  valueDigits: 4,
  valueCheckDigit: true,
  measures: 'price',
  decimals: 2,
};
const byWeight: WeighedScheme = {
  prefix: '2',
  itemDigits: 6,
  valueDigits: 5,
  measures: 'weightKg',
  decimals: 3,
};
const label = (body: string) => body + gs1CheckDigit(body);

describe('in-store labels', () => {
  test('are taken apart by the store’s own layout', () => {
    const price = parseWeighed(label('211234501999'), [byPrice, byWeight], 0);
    expect(price).toMatchObject({
      ok: true,
      value: { item: '12345', value: 1999, gtin14: `0${label('211234500000')}` },
    });
    const weight = parseWeighed(label('271234500250'), [byPrice, byWeight], 0);
    expect(weight).toMatchObject({ ok: true, value: { item: '712345', value: 250, scheme: byWeight } });
  });

  test('mean nothing where the store has no layout for them', () => {
    expect(parseWeighed(label('211234501999'), [], 0)).toBeNull();
    expect(parseWeighed('3400930108277', [byPrice], 0)).toBeNull();
  });

  test('are refused when the price check digit is wrong', () => {
    expect(parseWeighed(label('231234592875'), [checked], 3)).toMatchObject({
      ok: true,
      value: { value: 2875 },
    });
    expect(parseWeighed(label('231234582875'), [checked], 3)).toEqual({
      ok: false,
      error: { code: 'bad-check-digit', position: 10 },
    });
  });

  test('price check digits are those of the General Specifications’ examples', () => {
    expect(priceCheckDigit('2875')).toBe(9);
    expect(priceCheckDigit('14685')).toBe(6);
  });

  test('a layout that cannot be is refused', () => {
    expect(isWeighedScheme(byPrice)).toBe(true);
    expect(isWeighedScheme(checked)).toBe(true);
    expect(isWeighedScheme({ ...byPrice, valueDigits: 4 })).toBe(false);
    expect(isWeighedScheme({ ...byPrice, prefix: '2x' })).toBe(false);
    expect(isWeighedScheme({ ...byPrice, itemDigits: 4.5, valueDigits: 5.5 })).toBe(false);
    expect(isWeighedScheme({ ...byPrice, decimals: -1 })).toBe(false);
    expect(parseWeighed(label('211234501999'), [{ ...byPrice, itemDigits: 6 }], 0)).toMatchObject({
      ok: false,
      error: { code: 'bad-weighed-scheme' },
    });
  });
});

describe('the layouts of one store', () => {
  test.each([
    [[], null],
    [[byPrice, checked], null],
    [[{ ...byPrice, prefix: '02' }], null],
    [[{ ...byPrice, prefix: '30' }], { code: 'bad-prefix', prefix: '30' }],
    [[{ ...byPrice, prefix: '' }], { code: 'bad-prefix', prefix: '' }],
    [[byPrice, { ...checked, itemDigits: 9 }], { code: 'bad-parts', prefix: '23' }],
    [[byPrice, byPrice], { code: 'prefix-taken', prefix: '21' }],
    [[byPrice, { ...byPrice, prefix: '210', itemDigits: 4 }], { code: 'prefix-taken', prefix: '210' }],
  ])('%j', (schemes, fault) => expect(weighedSchemesFault(schemes)).toEqual(fault));

  test('each has a sample that is read by it', () => {
    const parts = fc.record({
      prefix: fc.constantFrom('02', '20', '29', '215'),
      itemDigits: fc.integer({ min: 1, max: 9 }),
      valueCheckDigit: fc.boolean(),
      decimals: fc.nat(3),
    });
    fc.assert(
      fc.property(parts, ({ valueCheckDigit, ...part }) => {
        const scheme: WeighedScheme = {
          ...{ ...part, measures: 'price', valueCheckDigit },
          valueDigits: 12 - part.prefix.length - part.itemDigits - (valueCheckDigit ? 1 : 0),
        };
        fc.pre(isWeighedScheme(scheme));
        const value = Number('1234'.slice(0, scheme.valueDigits));
        expect(parseWeighed(sampleLabel(scheme), [scheme], 0)).toMatchObject({ ok: true, value: { value } });
      }),
      { seed: 20261123 },
    );
  });
});
