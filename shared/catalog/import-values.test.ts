import fc from 'fast-check';
import { expect, test } from 'vitest';
import { minorToDecimal } from '#shared/kernel/currency.ts';
import type { FieldParser } from './import-profile.ts';
import { isProblem, parseField } from './import-values.ts';

const comma: FieldParser = { kind: 'money', decimalSign: ',', groupSigns: ', ' };
const point: FieldParser = { kind: 'money', decimalSign: '.', groupSigns: ',' };
const read = (parser: FieldParser, text: string, digits = 2) => {
  const parsed = parseField(parser, text, digits);
  return isProblem(parsed) ? `${parsed.problem} ${parsed.value}` : parsed;
};

test.each([
  ['30,36', 3036],
  ['4,417,08', 'grouped-number 441708'],
  ['12,760,70', 'grouped-number 1276070'],
  ['1 234,5', 123_450],
  ['1\u202f234,50 €', 123_450],
  ['7', 700],
  ['', null],
  ['  ', null],
  ['4,417', 'not-a-number null'], // four, or four thousand?
  ['44,17,08', 'not-a-number null'],
  ['1,5,00', 'not-a-number null'],
  ['sur devis', 'not-a-number null'],
  ['-2,00', 'negative-number null'],
  ['1,234', 'not-a-number null'],
  ['99999999999999999,00', 'too-large null'],
])('money with a comma for both jobs: %j is %j', (text, expected) => {
  expect(read(comma, text)).toBe(expected);
});

test.each([
  ['1,234.50', 123_450],
  ['1,00,000.00', 10_000_000],
  ['$ 12.5', 1250],
  ['1.234', 'too-precise null'],
  ['1.230', 123],
])('money with a point: %j is %j', (text, expected) => {
  expect(read(point, text)).toBe(expected);
});

test('an amount written with a comma for thousands and decimals reads back as itself', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 ** 12 }), (minor) => {
      const [whole = '', fraction = ''] = minorToDecimal(minor, 2).split('.');
      const text = `${whole.replace(/\B(?=(\d{3})+$)/g, ',')},${fraction}`;
      const parsed = parseField(comma, text, 2);
      expect(isProblem(parsed) ? parsed.value : parsed).toBe(minor);
    }),
    { seed: 11, numRuns: 500 },
  );
});

test.each([
  ['65%', 65_000],
  ['65 %', 65_000],
  ['2,1', 2100],
  ['100 %', 100_000],
  ['101%', 'not-a-percent null'],
  ['oui', 'not-a-percent null'],
])('percent %j is %j', (text, expected) => {
  expect(read({ kind: 'percent', decimalSign: ',' }, text)).toBe(expected);
});

const date: FieldParser = { kind: 'date', order: 'dmy', years: [1900, 2100] };
test.each([
  [date, '19/09/2011', '2011-09-19'],
  [date, '2011-09-19', '2011-09-19'],
  [date, '1.2.2020', '2020-02-01'],
  [date, '11/03/2924', 'impossible-date null'],
  [date, '31/02/2020', 'impossible-date null'],
  [date, '2020', 'not-a-date null'],
  [date, '20200229', '2020-02-29'],
  [{ ...date, order: 'mdy' } as const, '09/19/2011', '2011-09-19'],
])('date %j %s is %s', (parser, text, expected) => {
  expect(read(parser, text)).toBe(expected);
});

test.each([
  ['  LABO   X ', 'LABO X'],
  ['a<br>b', 'markup-removed a b'],
  ['pH < 7 and > 5', 'pH < 7 and > 5'],
  ['bro\ufffdken', 'bad-character bro ken'],
  ['e\u0301', 'é'],
])('text %j is %j', (text, expected) => {
  expect(read({ kind: 'text' }, text)).toBe(expected);
});

test('codes come in the form of the scanner', () => {
  expect(read({ kind: 'code', scheme: 'gtin' }, '3400949497294')).toBe('gtin:03400949497294');
  expect(read({ kind: 'code', scheme: 'gtin' }, '3400949497295')).toBe('bad-gtin null');
  expect(read({ kind: 'code', scheme: 'pzn' }, '1234567')).toBe('pzn:01234567');
  expect(read({ kind: 'code', scheme: 'sku' }, 'ab 12')).toBe('sku:AB12');
});

test('no text makes any parser throw', () => {
  const parsers: FieldParser[] = [
    comma,
    point,
    date,
    { kind: 'text', max: 20 },
    { kind: 'minor' },
    { kind: 'integer', min: 1, max: 9 },
    { kind: 'percent', decimalSign: '.' },
    { kind: 'list', separator: ';' },
    { kind: 'code', scheme: 'gtin' },
    { kind: 'code', scheme: 'sku' },
  ];
  fc.assert(
    fc.property(fc.constantFrom(...parsers), fc.string({ unit: 'binary', maxLength: 60 }), (parser, text) => {
      parseField(parser, text, 2);
    }),
    { seed: 7, numRuns: 3000 },
  );
});
