import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expandUpcE, gs1CheckDigit, hasGs1CheckDigit, isDigits, toGtin14 } from './gtin.ts';

describe('GTIN', () => {
  test.each([
    ['3400930108277', '03400930108277'],
    ['96385074', '00000096385074'],
    ['036000291452', '00036000291452'],
    ['10614141000415', '10614141000415'],
  ])('%s is %s', (printed, gtin14) => expect(toGtin14(printed)).toBe(gtin14));

  test.each([
    '',
    '3400930108278',
    '340093010827',
    '34009301082770',
    '3400930108277 ',
    '٣٤٠٠٩٣٠١٠٨٢٧٧',
    '７'.repeat(8),
  ])('%j is no GTIN', (text) => expect(toGtin14(text)).toBeNull());

  test('a wrong digit anywhere breaks the check', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[0-9]{13}$/),
        fc.nat(13),
        fc.integer({ min: 1, max: 9 }),
        (body, at, by) => {
          const code = body + gs1CheckDigit(body);
          const changed = code.slice(0, at) + ((Number(code[at]) + by) % 10) + code.slice(at + 1);
          return hasGs1CheckDigit(code) && !hasGs1CheckDigit(changed);
        },
      ),
      { seed: 1 },
    );
  });
});

describe('UPC-E', () => {
  test.each([
    ['04963406', '049000006346'],
    ['04252614', '042100005264'],
    ['01234565', '012345000065'],
    ['04963407', null],
    ['24252614', null],
    ['0425261', null],
    ['0425261A', null],
  ])('%s is %s', (short, long) => expect(expandUpcE(short)).toBe(long));

  test.each([
    [0, '01200000345'],
    [1, '01210000345'],
    [2, '01220000345'],
    [3, '01230000045'],
    [4, '01234000005'],
    [5, '01234500005'],
    [9, '01234500009'],
  ])('ending in %i it stands for %s', (last, body) => {
    const long = `${body}${gs1CheckDigit(body)}`;
    expect(expandUpcE(`012345${last}${long[11]}`)).toBe(long);
  });
});

test('digits are ASCII digits', () => {
  expect(isDigits('0123456789')).toBe(true);
  for (const text of ['', '1a', '１', '٣', '1 ', '-1', '1.0', '1e3']) expect(isDigits(text)).toBe(false);
});
