import { expect, test } from 'vitest';
import { AIS } from './gs1-ais.ts';
import { gs1CheckDigit, toGtin14 } from './gtin.ts';
import { toPzn } from './pharma-codes.ts';
import { parseScan } from './scan.ts';
import type { ScanOptions } from './scan-types.ts';

const RUNS = 1_000_000;
const options: ScanOptions = {
  todayYear: 2026,
  weighedSchemes: [{ prefix: '21', itemDigits: 5, valueDigits: 5, measures: 'price', decimals: 2 }],
  groupSeparators: ['<gs>'],
};

test(`${RUNS} random strings are parsed or refused, never thrown at, and never believed without their check digit`, () => {
  const random = xorshift(20_260_101);
  const seen = new Map<string, number>();
  for (let i = 0; i < RUNS; i++) {
    const raw = randomScan(random);
    const problem = problemWith(raw);
    if (problem !== null) expect.fail(`${problem} for ${JSON.stringify(raw)} (number ${i})`);
    const outcome = outcomeOf(raw);
    seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
  }
  // The generator reaches every scheme and most refusals, else it would show nothing.
  for (const outcome of ['gs1', 'gtin', 'pzn', 'cip7', 'mh10', 'hibc', 'weighed', 'text', ...REFUSALS]) {
    expect(seen.get(outcome) ?? 0, outcome).toBeGreaterThan(0);
  }
}, 60_000);

const REFUSALS = [
  'empty',
  'bad-character',
  'unrecognised',
  'unsupported-symbology',
  'bad-length',
  'bad-check-digit',
  'unknown-ai',
  'empty-element',
  'truncated-element',
  'element-too-long',
  'bad-format',
  'bad-date',
  'duplicate-ai',
  'excluded-pair',
  'bad-uri',
  'no-digital-link-key',
  'bad-envelope',
];

function outcomeOf(raw: string): string {
  const result = parseScan(raw, options);
  return result.ok ? result.value.scheme : result.error.code;
}

/** What breaks a promise of parseScan, or null. */
function problemWith(raw: string): string | null {
  const result = parseScan(raw, options);
  if (!result.ok) {
    const { position } = result.error;
    return Number.isInteger(position) && position >= 0 && position <= raw.length
      ? null
      : `position ${position}`;
  }
  const { codes, expiresOn, gtin14 } = result.value;
  if (gtin14 !== undefined && toGtin14(gtin14) !== gtin14) return `GTIN ${gtin14}`;
  if (expiresOn !== undefined && new Date(expiresOn).toISOString().slice(0, 10) !== expiresOn)
    return `date ${expiresOn}`;
  const wrong = codes.find((code) => {
    const [kind, value = ''] = code.split(':');
    return (kind === 'gtin' && toGtin14(value) !== value) || (kind === 'pzn' && toPzn(value) !== value);
  });
  return wrong ?? null;
}

type Random = (below: number) => number;

/** Marsaglia's xorshift32: the same sequence in every run. */
function xorshift(seed: number): Random {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

function randomScan(random: Random): string {
  switch (random(5)) {
    case 0:
      return characters(random, random(40));
    case 1:
      return `${pick(random, STARTS)}${mutated(random, elementString(random))}`;
    case 2:
      return mutated(random, pick(random, VALID));
    case 3:
      return `${pick(random, STARTS)}${String(random(1_000_000_000)).padStart(1 + random(16), '0')}`;
    default:
      return pick(random, STARTS) + characters(random, random(24));
  }
}

const pick = <T>(random: Random, from: readonly [T, ...T[]]): T => from[random(from.length)] ?? from[0];

const STARTS: readonly [string, ...string[]] = [
  '',
  '',
  ']d2',
  ']C1',
  ']Q3',
  ']e0',
  ']E0',
  ']E4',
  ']I1',
  ']A0',
  ']C0',
  ']Q1',
  ']d1',
  ']zz',
  '(',
  '^',
  '\u001d',
  '-',
  '+',
  'https://a.example/01/03400930108277',
  '[)>\u001e06\u001d',
  '[)>\u001e05\u001d',
];

const VALID: readonly [string, ...string[]] = [
  ']d2010340093010827717280100\u001d10AB12\u001d21S1',
  '010340093010827717280131' + '10AB|21S1',
  '3400930108277',
  '036000291452',
  '04963406',
  '3010827',
  '10614141000415',
  ']E02112345019994',
  ']E03400930108277|]e099A\u001d98B',
  '-03752864',
  ']A0-03752864',
  '+A123BJC5D6E71G',
  ']d1[)>\u001e06\u001d9N110375286414\u001d1TB1\u001dD280100\u001dSS1\u001e\u0004',
  '(01)03400930108277(17)280100(10)A\\(1)',
  'https://a.example/01/03400930108277/10/AB/21/S1?17=280100&3103=001250',
  ']C0AB-12',
  '',
  ']d2310300125031020012500103400930108277',
];

function characters(random: Random, length: number): string {
  let text = '';
  for (let i = 0; i < length; i++) {
    const kind = random(8);
    text += String.fromCharCode(
      kind === 0 ? random(0x10000) : kind < 3 ? random(128) : kind < 6 ? 48 + random(10) : 32 + random(95),
    );
  }
  return text;
}

const AI_LIST = [...AIS.values()];

/** AIs with data that fit about half the time. */
function elementString(random: Random): string {
  let text = random(2) === 0 ? `01${gtin(random)}` : '';
  for (let i = random(4); i >= 0; i--) {
    const ai = AI_LIST[random(AI_LIST.length)];
    if (!ai) continue;
    const data = ai.fields
      .map(({ set, min, max }) => fill(random, set, min + random(max - min + 1)))
      .join('');
    text += `${ai.ai}${data}${ai.fixedLength > 0 ? '' : '\u001d'}`;
  }
  return text;
}

function fill(random: Random, set: string, length: number): string {
  let text = '';
  for (let i = 0; i < length; i++) text += set === 'n' ? random(10) : SAMPLE.charAt(random(SAMPLE.length));
  return text;
}

const SAMPLE = 'ABCXYZ0123456789-/';

function gtin(random: Random): string {
  const body = String(random(1_000_000_000)).padStart(13, '0');
  return body + gs1CheckDigit(body);
}

/** Up to three characters changed, dropped or put in, or the end cut off. */
function mutated(random: Random, scan: string): string {
  let text = scan;
  for (let i = random(4); i > 0; i--) {
    const at = random(text.length + 1);
    const kind = random(4);
    if (kind === 3) text = text.slice(0, at);
    else
      text =
        text.slice(0, at) + (kind === 0 ? '' : characters(random, 1)) + text.slice(kind === 2 ? at : at + 1);
  }
  return text;
}
