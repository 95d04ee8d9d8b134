import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvText, decimal } from './csv.ts';

test('a cell keeps commas, quotes and line ends to itself', () => {
  expect(csvText([['a,b', 'say "x"', 'two\nlines', 3]])).toBe('\ufeff"a,b","say ""x""","two\nlines",3\r\n');
});

test('a text that a spreadsheet would run is only text, a negative number stays one', () => {
  expect(csvText([['=1+1', '-2.50', '@x', '+33 1']])).toBe("\ufeff'=1+1,-2.50,'@x,'+33 1\r\n");
});

test('minor units become a decimal number and back, for every sum and currency', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 0, max: 4 }), (minor, digits) => {
      const text = decimal(minor, digits);
      expect(text).toMatch(digits === 0 ? /^-?\d+$/ : new RegExp(`^-?\\d+\\.\\d{${digits}}$`));
      expect(Number(text.replace('.', ''))).toBe(minor);
    }),
  );
  expect([decimal(-5, 2), decimal(0, 2), decimal(123_456, 3)]).toEqual(['-0.05', '0.00', '123.456']);
});
