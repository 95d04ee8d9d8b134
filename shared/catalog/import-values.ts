import { isPlainDate } from '#shared/kernel/calendar.ts';
import { decimalToMinor } from '#shared/kernel/currency.ts';
import { toGtin14 } from './gtin.ts';
import type { IssueCode } from './import-issues.ts';
import type { FieldParser } from './import-profile.ts';

/** A field as read: text, code or date; a count, minor units or pct3; the parts of a list. */
export type FieldValue = string | number | readonly string[];

/** Something to say about a field. `value` null: it is left empty; else the text is taken as this. */
export type FieldProblem = {
  readonly problem: IssueCode;
  readonly params: Readonly<Record<string, string | number>>;
  readonly value: FieldValue | null;
};

/** The outcome of one field; null for an empty one. Total: any text gives one of the three. */
export type ParsedField = FieldValue | FieldProblem | null;

export const isProblem = (parsed: ParsedField): parsed is FieldProblem =>
  typeof parsed === 'object' && parsed !== null && 'problem' in parsed;

/** Reads one field. `digits`: the decimal digits of the profile's currency. */
export function parseField(parser: FieldParser, raw: string, digits: number): ParsedField {
  if (parser.kind === 'text') return parseText(raw, parser.max ?? 1000);
  const text = raw.trim();
  if (text === '') return null;
  switch (parser.kind) {
    case 'money':
      return parseMoney(text, parser, digits);
    case 'minor':
      return wholeNumber(text, 0, Number.MAX_SAFE_INTEGER);
    case 'integer':
      return wholeNumber(text, parser.min, parser.max);
    case 'percent':
      return parsePercent(text, parser.decimalSign);
    case 'date':
      return parseDate(text, parser);
    case 'list':
      return text.split(parser.separator).flatMap((part) => tidy(part) || []);
    case 'code':
      return normaliseCode(parser.scheme, text);
  }
}

/** A code in the normal form of scan.ts, `scheme:value`: GTINs checked and as 14 digits, others without spaces. */
export function normaliseCode(scheme: string, raw: string): string | FieldProblem {
  const text = raw.replace(/[\s-]/g, '').toUpperCase();
  const shown = raw.slice(0, 60);
  if (scheme === 'gtin') {
    const gtin = toGtin14(text);
    return gtin === null ? refuse('bad-gtin', shown) : `gtin:${gtin}`;
  }
  if (!/^[\x21-\x7e]{1,60}$/.test(text)) return refuse('bad-code', shown);
  if (scheme === 'pzn')
    return /^\d{7,8}$/.test(text) ? `pzn:${text.padStart(8, '0')}` : refuse('bad-code', shown);
  if (scheme === 'cip7') return /^\d{7}$/.test(text) ? `cip7:${text}` : refuse('bad-code', shown);
  return `${scheme}:${text}`;
}

/** A plain decimal ('4417.08') of a written number, or null. `grouped`: a comma did two jobs in it. */
export function plainDecimal(
  text: string,
  {
    decimalSign,
    groupSigns,
    digits,
  }: { readonly decimalSign: ',' | '.'; readonly groupSigns: string; readonly digits: number },
): { readonly decimal: string; readonly grouped: boolean } | null {
  const bare = text.replace(/^[\p{Sc}\s]+|[\p{Sc}\s]+$/gu, '');
  const at = bare.lastIndexOf(decimalSign);
  const whole = at < 0 ? bare : bare.slice(0, at);
  const fraction = at < 0 ? '' : bare.slice(at + 1);
  const both = groupSigns.includes(decimalSign);
  // '4,417' where a comma is both signs may be four or four thousand: not guessed.
  if ((at >= 0 && !/^\d+$/.test(fraction)) || (both && fraction.length > digits)) return null;
  const figures = ungrouped(whole, groupSigns);
  if (figures === null) return null;
  return {
    decimal: fraction === '' ? figures : `${figures}.${fraction}`,
    grouped: both && whole.includes(decimalSign),
  };
}

/** Groups of three, the last one always; two in the middle as India writes them. */
function ungrouped(whole: string, groupSigns: string): string | null {
  if (/^-?\d+$/.test(whole)) return whole;
  const parts = [...whole].map((sign) => (isGroupSign(sign, groupSigns) ? ',' : sign)).join('');
  return /^-?\d{1,3}(?:,\d{2,3})*,\d{3}$/.test(parts) ? parts.replaceAll(',', '') : null;
}

const isGroupSign = (sign: string, groupSigns: string): boolean =>
  groupSigns.includes(sign) || (groupSigns.includes(' ') && /\s/.test(sign));

function parseMoney(
  text: string,
  parser: FieldParser & { readonly kind: 'money' },
  digits: number,
): ParsedField {
  const plain = plainDecimal(text, { ...parser, digits });
  if (plain === null) return refuse('not-a-number', text);
  const minor = decimalToMinor(plain.decimal, digits);
  if (!minor.ok)
    return refuse(minor.error.code === 'not-a-decimal' ? 'not-a-number' : minor.error.code, text);
  if (minor.value < 0) return refuse('negative-number', text);
  if (!plain.grouped) return minor.value;
  return { problem: 'grouped-number', params: { text, as: plain.decimal }, value: minor.value };
}

function wholeNumber(text: string, min: number, max: number): ParsedField {
  const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(value)) return refuse('not-a-number', text);
  if (value < min) return refuse(min === 0 ? 'negative-number' : 'too-large', text);
  return value > max ? refuse('too-large', text) : value;
}

function parsePercent(text: string, decimalSign: ',' | '.'): ParsedField {
  const plain = plainDecimal(text.replace(/\s*%$/, ''), { decimalSign, groupSigns: '', digits: 3 });
  const pct3 = plain === null ? null : decimalToMinor(plain.decimal, 3);
  if (pct3 === null || !pct3.ok || pct3.value < 0 || pct3.value > 100_000)
    return refuse('not-a-percent', text);
  return pct3.value;
}

function parseDate(text: string, parser: FieldParser & { readonly kind: 'date' }): ParsedField {
  const parts = /^(\d{8})$/.test(text)
    ? [text.slice(0, 4), text.slice(4, 6), text.slice(6)]
    : /^(\d{1,4})[./\- ](\d{1,2})[./\- ](\d{1,4})(?:[T ][\d:.Z+-]*)?$/.exec(text)?.slice(1);
  if (parts === undefined) return refuse('not-a-date', text);
  const [a = '', b = '', c = ''] = parts;
  const iso = a.length === 4;
  const [y, m, d] = iso ? [a, b, c] : parser.order === 'mdy' ? [c, a, b] : [c, b, a];
  const date = `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
  if (!isPlainDate(date)) return refuse(y.length === 4 ? 'impossible-date' : 'not-a-date', text);
  return Number(y) < parser.years[0] || Number(y) > parser.years[1] ? refuse('impossible-date', text) : date;
}

function parseText(raw: string, max: number): ParsedField {
  if (raw === '') return null;
  if (raw.length <= max && !UNTIDY.test(raw)) return raw;
  const unmarked = raw.replace(MARKUP, ' ');
  const clean = unmarked.replace(UNPRINTABLE, ' ');
  const text = tidy(clean);
  if (text === '') return null;
  if (text.length > max)
    return { problem: 'text-cut', params: { length: text.length, max }, value: cut(text, max) };
  if (clean !== unmarked)
    return { problem: 'bad-character', params: { text: text.slice(0, 60) }, value: text };
  return unmarked === raw
    ? text
    : { problem: 'markup-removed', params: { text: text.slice(0, 60) }, value: text };
}

const UNTIDY = /[\p{Cc}\ufffd<]|\p{M}|^\s|\s$|\s\s|[^\S ]/u;
const MARKUP = /<\/?[a-z][^<>]{0,80}>/gi;
const UNPRINTABLE = /[\p{Cc}\ufffd]/gu;

/** One space between words, none around, accents composed. */
const tidy = (text: string): string => text.replace(/\s+/g, ' ').trim().normalize('NFC');

/** Never through the middle of a surrogate pair. */
const cut = (text: string, max: number): string => text.slice(0, max).replace(/[\ud800-\udbff]$/, '');

const refuse = (problem: IssueCode, text: string): FieldProblem => ({
  problem,
  params: { text: cut(text, 60) },
  value: null,
});
