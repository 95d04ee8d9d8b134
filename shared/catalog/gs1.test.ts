import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GS, parseBracketed, parseElementString } from './gs1.ts';
import { AIS } from './gs1-ais.ts';
import { gs1CheckDigit } from './gtin.ts';

const rules = { todayYear: 2026 };
const GTIN = '0103400930108277';

function read(data: string): unknown {
  const result = parseElementString(data, 0, rules);
  return result.ok ? result.value.elements : `${result.error.code}@${result.error.position}`;
}

describe('an element string', () => {
  test.each([
    [`${GTIN}17280100`, { '01': '03400930108277', '17': '280100' }],
    [`${GTIN}10ABC${GS}21S1`, { '01': '03400930108277', '10': 'ABC', '21': 'S1' }],
    [`10ABC${GS}${GTIN}`, { '01': '03400930108277', '10': 'ABC' }],
    [`${GS}${GTIN}10ABC${GS}`, { '01': '03400930108277', '10': 'ABC' }],
    [`${GTIN}${GS}10abc`, { '01': '03400930108277', '10': 'abc' }],
    [`${GTIN}${GTIN}`, { '01': '03400930108277' }],
  ])('%j is read', (data, elements) => expect(read(data)).toEqual(elements));

  test.each([
    ['nothing', '', 'empty@0'],
    ['FNC1 alone', GS, 'empty@1'],
    ['a fixed field cut off', '01034009301082', 'truncated-element@14'],
    ['a fixed field cut by FNC1', `01034009301082${GS}10A`, 'truncated-element@14'],
    ['a variable field with nothing in it', `${GTIN}10`, 'empty-element@18'],
    ['a variable field empty before FNC1', `10${GS}${GTIN}`, 'empty-element@2'],
    ['two FNC1 in a row', `10A${GS}${GS}${GTIN}`, 'empty-element@4'],
    ['an AI nobody assigned', `${GTIN}18280101`, 'unknown-ai@16'],
    ['an AI cut off', `${GTIN}1`, 'unknown-ai@16'],
    ['one AI twice, differing', `10A${GS}10B`, 'duplicate-ai@6'],
    [
      'a batch that swallowed the next AI for want of FNC1',
      `${GTIN}10ABC172801002199999990`,
      'element-too-long@38',
    ],
    ['a wrong check digit', '0103400930108278', 'bad-check-digit@15'],
    ['29 February of a common year', `${GTIN}17270229`, 'bad-date@18'],
    ['a month 13', `${GTIN}17281301`, 'bad-date@18'],
    ['digits of another script', '01٠3400930108277', 'bad-character@2'],
    ['a NUL in the batch', `${GTIN}10A\0B`, 'bad-character@19'],
    ['AIs that exclude each other', `${GTIN}${'37'}12`, 'excluded-pair@2'],
    ['two net weights', `${GTIN}31030012503102000125`, 'excluded-pair@20'],
  ])('%s is refused', (_, data, refusal) => expect(read(data)).toBe(refusal));
});

describe('AIs that need others', () => {
  const missing = (data: string) => {
    const result = parseElementString(data, 0, rules);
    return result.ok ? result.value.missing : result.error;
  };

  test('are read and named, since another symbol of the pack may have the rest', () => {
    expect(missing(`17280100${'10'}A`)).toEqual(['17:01,02,03,255,8006,8026', '10:01,02,03,8006,8026']);
    expect(missing(`${GTIN}17280100`)).toEqual([]);
    expect(missing(`${GTIN}7004100`)).toEqual(['7004:01+10']);
    expect(missing(`${GTIN}10A${GS}7004100`)).toEqual([]);
    expect(missing(`${GTIN}392212345`)).toEqual(['3922:30,31nn,32nn,35nn,36nn']);
    expect(missing(`${GTIN}3103001250392212345`)).toEqual([]);
  });

  test('are refused where the caller wants the whole', () => {
    const result = parseElementString('10A', 0, { ...rules, requirePairs: true });
    expect(result).toEqual({ ok: false, error: { code: 'missing-pair', position: 2, ai: '10' } });
  });
});

describe('the printed form', () => {
  const printed = (text: string) => {
    const result = parseBracketed(text, rules);
    return result.ok ? result.value.elements : `${result.error.code}@${result.error.position}`;
  };
  test.each([
    ['(01)03400930108277(17)280100', { '01': '03400930108277', '17': '280100' }],
    ['(01) 03400930108277 (10) A1', { '01': '03400930108277', '10': 'A1' }],
    ['(10)A\\(1)', { '10': 'A(1)' }],
    ['01)03400930108277', 'bad-format@0'],
    ['(01)0340093010827(10)A', 'truncated-element@17'],
    ['(1O)A', 'unknown-ai@1'],
    ['(10)', 'empty-element@4'],
  ])('%s', (text, outcome) => expect(printed(text)).toEqual(outcome));
});

/** Elements of a pack with right check digits, as a generator of round trips. */
const text82 = (max: number) =>
  fc.stringMatching(new RegExp(`^[!"%&'()*+,\\-./0-9:;<=>?A-Z_a-z]{1,${max}}$`));
const digits = (count: number) => fc.stringMatching(new RegExp(`^[0-9]{${count}}$`));
const gtin = digits(13).map((body) => body + gs1CheckDigit(body));
const yymmdd = fc
  .tuple(fc.nat(99), fc.integer({ min: 1, max: 12 }), fc.nat(28))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(''));
const pack = fc.record(
  {
    '01': gtin,
    '10': text82(20),
    '11': yymmdd,
    '17': yymmdd,
    '21': text82(20),
    '240': text82(30),
    '30': fc.stringMatching(/^[0-9]{1,8}$/),
    '3103': digits(6),
    '710': text82(20),
    '8005': digits(6),
    '8008': yymmdd.filter((date) => !date.endsWith('00')).map((date) => `${date}1359`),
    '91': text82(90),
  },
  { requiredKeys: ['01'] },
);

describe('properties', () => {
  const build = (entries: readonly (readonly [string, string])[]) =>
    entries.map(([ai, data]) => `${ai}${data}${AIS.get(ai)?.fixedLength ? '' : GS}`).join('');

  test('what was built from elements is read as those elements, in any order', () => {
    fc.assert(
      fc.property(
        pack.chain((elements) => fc.shuffledSubarray(Object.entries(elements), { minLength: 1 })),
        (entries) => {
          expect(read(build(entries))).toEqual(Object.fromEntries(entries));
          const printed = parseBracketed(
            entries.map(([ai, data]) => `(${ai})${data.replaceAll('(', '\\(')}`).join(''),
            rules,
          );
          expect(printed.ok && printed.value.elements).toEqual(Object.fromEntries(entries));
        },
      ),
      { seed: 7, numRuns: 500 },
    );
  });

  test('one changed digit of a GTIN is refused', () => {
    fc.assert(
      fc.property(gtin, fc.nat(13), fc.integer({ min: 1, max: 9 }), (code, at, by) => {
        const changed = code.slice(0, at) + ((Number(code[at]) + by) % 10) + code.slice(at + 1);
        expect(read(`01${changed}17280100`)).toBe('bad-check-digit@15');
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});
