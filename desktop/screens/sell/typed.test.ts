import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isCodeLike } from './code-like.ts';
import { parseExpiry } from './parse-expiry.ts';
import { parseGrams, parseQuantity, parseTimes } from './parse-quantity.ts';

describe('a quantity typed for a line', () => {
  test.each([
    ['2', 32],
    ['2+5', 37],
    ['5u', 5],
    ['5U', 5],
    ['+5', 5],
    [' 1 + 3 ', 19],
    ['٢+٥', 37],
  ])('%s of packs of 16 is %i', (text, base) => expect(parseQuantity(text, 16)).toBe(base));

  test.each(['', '0', '0+0', '-1', '1.5', 'u', '2+', '2*', '12345678'])('“%s” is none', (text) =>
    expect(parseQuantity(text, 16)).toBeNull(),
  );
});

describe('a weight typed for a line', () => {
  test.each([
    ['250', 250],
    ['250 g', 250],
    ['0.25', 250],
    ['0,250 kg', 250],
    ['2kg', 2000],
    ['1.005', 1005],
    ['٢٥٠', 250],
  ])('%s is %i g', (text, grams) => expect(parseGrams(text)).toBe(grams));

  test.each(['', '0', '0.000', '-1', '0.2505', '2+5', '5u', '1.2.3', 'kg'])('“%s” is none', (text) =>
    expect(parseGrams(text)).toBeNull(),
  );
});

test.each([
  ['3*', 3],
  ['12 *', 12],
  ['٣*', 3],
  ['0*', null],
  ['3', null],
  ['*', null],
  ['b12*', null],
])('“%s” before a scan is %s packs', (text, packs) => expect(parseTimes(text)).toBe(packs));

describe('an expiry read off a box', () => {
  test.each([
    ['08/27', '2027-08-31'],
    ['8/2027', '2027-08-31'],
    ['2/28', '2028-02-29'],
    ['2027-08', '2027-08-31'],
    ['31/08/2027', '2027-08-31'],
    ['2027-08-31', '2027-08-31'],
    ['0827', '2027-08-31'],
    ['08.27', '2027-08-31'],
    ['٠٨/٢٧', '2027-08-31'],
  ])('%s is %s', (text, date) => expect(parseExpiry(text)).toBe(date));

  test.each(['', '13/27', '00/27', '30/02/2027', '8', '1/2/3/4', 'Aug 27', '08/127'])(
    '“%s” is none',
    (text) => expect(parseExpiry(text)).toBeNull(),
  );

  test('every text gives a date that exists or none', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9/. -]{0,10}$/), (text) => {
        const date = parseExpiry(text);
        if (date !== null) expect(new Date(`${date}T00:00:00Z`).toISOString().slice(0, 10)).toBe(date);
      }),
      { seed: 7 },
    );
  });
});

test('codes are told from names', () => {
  for (const code of ['3400936403114', '(01)03400936403114', 'AB12C', 'https://x.example/01/0340'])
    expect(isCodeLike(code)).toBe(true);
  for (const name of ['paracetamol', 'doliprane 500', 'b12', '']) expect(isCodeLike(name)).toBe(false);
});
