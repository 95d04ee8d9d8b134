import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { AI_ROWS, type Field, type FieldCheck } from './gs1-ai-table.ts';
import { AIS, type Ai, aiAt, matchesAi } from './gs1-ais.ts';

const DICTIONARY = fileURLToPath(
  new URL('../../../shared/data/gs1/gs1-syntax-dictionary.txt', import.meta.url),
);
const given = existsSync(DICTIONARY);
if (!given) console.warn('GS1 syntax dictionary not at hand: the AI table is held against itself only');

describe.skipIf(!given)('the AI table and the GS1 syntax dictionary', () => {
  const dictionary = given ? readDictionary(readFileSync(DICTIONARY, 'utf8')) : new Map<string, string>();

  test('know the same AIs', () => {
    expect([...AIS.keys()].sort()).toEqual([...dictionary.keys()].sort());
    expect(AIS.size).toBeGreaterThan(500);
  });

  test('say the same of each', () => {
    for (const [ai, line] of dictionary) {
      const ours = AIS.get(ai);
      expect(ours && worded(ours), ai).toBe(line);
    }
  });
});

describe('the AI table', () => {
  test('no AI is the beginning of another, so that the longest match is the only one', () => {
    for (const ai of AIS.keys()) {
      for (let length = 2; length < ai.length; length++) expect(AIS.has(ai.slice(0, length)), ai).toBe(false);
    }
  });

  test('optional fields come last, and only the last field varies in length', () => {
    for (const [ai, , fields] of AI_ROWS) {
      fields.forEach((field, i) => {
        if (i < fields.length - 1) expect(field.min, ai).toBe(field.max);
        if (field.optional)
          expect(
            fields.slice(i).every((later) => later.optional),
            ai,
          ).toBe(true);
      });
    }
  });

  test('a fixed length is that of the General Specifications, by the first two digits of the AI', () => {
    for (const { ai, fixedLength } of AIS.values()) {
      const total = PREDEFINED[ai.slice(0, 2)];
      expect(fixedLength, ai).toBe(total === undefined ? 0 : total - ai.length);
    }
  });

  test('an AI is found where it stands, and a pattern names its digits', () => {
    expect(aiAt('x3103001234', 1)?.ai).toBe('3103');
    expect(aiAt('3109', 0)).toBeUndefined();
    expect(matchesAi('31nn', '3103')).toBe(true);
    expect(matchesAi('31nn', '3203')).toBe(false);
    expect(matchesAi('310n', '310')).toBe(false);
  });
});

/** GS1 General Specifications figure 7.8.5-2: element strings with predefined length, AI included. */
const PREDEFINED: Readonly<Record<string, number>> = {
  '00': 20,
  '01': 16,
  '02': 16,
  '03': 16,
  '04': 18,
  '11': 8,
  '12': 8,
  '13': 8,
  '14': 8,
  '15': 8,
  '16': 8,
  '17': 8,
  '18': 8,
  '19': 8,
  '20': 4,
  '31': 10,
  '32': 10,
  '33': 10,
  '34': 10,
  '35': 10,
  '36': 10,
  '41': 16,
};

/** `dictionary lines` as AI → 'flags fields attributes', ranges expanded, titles left out. */
function readDictionary(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of text.split('\n')) {
    if (line.startsWith('#') || line.trim() === '') continue;
    const [ais = '', ...rest] = line
      .replace(/\s#\s.*$/, '')
      .trim()
      .split(/\s+/);
    const flags = /^[*?]+$/.test(rest[0] ?? '') ? (rest.shift() ?? '') : '';
    const [first = '', last = first] = ais.split('-');
    const attributes = rest.filter((word) => /^(req=|ex=|dlpkey)/.test(word)).sort();
    const fields = rest.filter((word) => !/^(req=|ex=|dlpkey)/.test(word));
    for (let ai = Number(first); ai <= Number(last); ai++) {
      found.set(String(ai).padStart(first.length, '0'), [flags, ...fields, ...attributes].join(' '));
    }
  }
  return found;
}

/** Our AI in the dictionary's words. */
function worded(ai: Ai): string {
  const attributes = ai.needs.map((clause) => `req=${clause.map((all) => all.join('+')).join(',')}`);
  if (ai.excludes.length > 0) attributes.push(`ex=${ai.excludes.join(',')}`);
  if (ai.keyQualifiers) {
    const key = ai.keyQualifiers.map((sequence) => sequence.join(',')).join('|');
    attributes.push(key === '' ? 'dlpkey' : `dlpkey=${key}`);
  }
  const flags = (ai.fixedLength > 0 ? '*' : '') + (ai.linkAttribute ? '?' : '');
  return [flags, ...ai.fields.map((field) => wordedField(field, ai.ai)), ...attributes.sort()].join(' ');
}

function wordedField(field: Field, ai: string): string {
  const length = field.min === field.max ? String(field.max) : `..${field.max}`;
  const spec = field.set.toUpperCase() + length;
  return [field.optional ? `[${spec}]` : spec, ...field.checks.map((check) => linter(check, ai, field))].join(
    ',',
  );
}

/** The dictionary splits minutes from seconds and the two kinds of coupons; ours check alike. */
function linter(check: FieldCheck, ai: string, field: Field): string {
  if (check === 'minute' && AIS.get(ai)?.fields.at(-1) === field) return 'ss';
  if (check === 'coupon') return ai === '8112' ? 'couponposoffer' : 'couponcode';
  return LINTERS[check];
}

const LINTERS: Readonly<Record<FieldCheck, string>> = {
  checkDigit: 'csum',
  checkPair: 'csumalpha',
  companyPrefix: 'gcppos1',
  companyPrefixSecond: 'gcppos2',
  dateDayZero: 'yymmd0',
  date: 'yymmdd',
  longDate: 'yyyymmdd',
  hourMinute: 'hhmi',
  hour: 'hh',
  minute: 'mi',
  currency: 'iso4217',
  country: 'iso3166',
  countryOr999: 'iso3166999',
  countryLetters: 'iso3166alpha2',
  percentEncoded: 'pcenc',
  zeroOrOne: 'yesno',
  hyphen: 'hyphen',
  importerIndex: 'importeridx',
  packageType: 'packagetype',
  mediaType: 'mediatype',
  sex: 'iso5218',
  positionSlash: 'posinseqslash',
  nonZero: 'nonzero',
  winding: 'winding',
  zero: 'zero',
  pieceOfTotal: 'pieceoftotal',
  iban: 'iban',
  noZeroPrefix: 'nozeroprefix',
  hasNonDigit: 'hasnondigit',
  latitude: 'latitude',
  longitude: 'longitude',
  coupon: 'couponcode',
};
