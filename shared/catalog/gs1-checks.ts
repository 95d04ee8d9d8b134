import type { Field, FieldCheck } from './gs1-ai-table.ts';
import type { Ai } from './gs1-ais.ts';
import { dateOfYymmdd, dateOfYyyymmdd, isDateFault } from './gs1-dates.ts';
import { COUNTRY_LETTERS, COUNTRY_NUMBERS, CURRENCY_NUMBERS } from './gs1-iso.ts';
import { hasGs1CheckDigit, isDigits } from './gtin.ts';
import type { ScanRefusalCode } from './scan-types.ts';

/** What is wrong with an element's data and at which of its characters. */
export type ElementFault = { readonly code: ScanRefusalCode; readonly offset: number };

/** Holds the data of one AI against its fields: lengths, character sets, check digits, dates, codes. Null = right. */
export function elementFault(ai: Ai, data: string, todayYear: number): ElementFault | null {
  if (data === '') return { code: 'empty-element', offset: 0 };
  let at = 0;
  for (const field of ai.fields) {
    if (field.optional && at === data.length) break;
    const part = data.slice(at, at + field.max);
    const fault =
      part.length < field.min
        ? ({ code: 'truncated-element', offset: part.length } as const)
        : fieldFault(field, part, todayYear);
    if (fault) return { code: fault.code, offset: at + fault.offset };
    at += part.length;
  }
  return at < data.length ? { code: 'element-too-long', offset: at } : null;
}

function fieldFault(field: Field, part: string, todayYear: number): ElementFault | null {
  const allowed = CHARACTERS[field.set];
  for (let i = 0; i < part.length; i++) {
    if (!allowed[part.charCodeAt(i)]) return { code: 'bad-character', offset: i };
  }
  for (const check of field.checks) {
    const code = checkFault(check, part, todayYear);
    if (code) return { code, offset: check === 'checkDigit' ? part.length - 1 : 0 };
  }
  return null;
}

function checkFault(check: FieldCheck, part: string, todayYear: number): ScanRefusalCode | null {
  switch (check) {
    case 'checkDigit':
      return hasGs1CheckDigit(part) ? null : 'bad-check-digit';
    case 'checkPair':
      return hasCheckPair(part) ? null : 'bad-check-digit';
    case 'iban':
      return isIban(part) ? null : 'bad-check-digit';
    case 'dateDayZero':
    case 'date':
      return isDateFault(dateOfYymmdd(part, { todayYear, dayZero: check === 'dateDayZero' }))
        ? 'bad-date'
        : null;
    case 'longDate':
      return isDateFault(dateOfYyyymmdd(part, false)) ? 'bad-date' : null;
    default:
      return FORMATS[check](part) ? null : 'bad-format';
  }
}

type DatedOrSummed = 'checkDigit' | 'checkPair' | 'iban' | 'dateDayZero' | 'date' | 'longDate';

/** The formats of single fields, as the tables of the General Specifications §3 give them. */
const FORMATS: Record<Exclude<FieldCheck, DatedOrSummed>, (part: string) => boolean> = {
  // The shortest company prefix has four digits; who holds which is not known offline.
  companyPrefix: (part) => part.length >= 4 && isDigits(part.slice(0, 4)),
  companyPrefixSecond: (part) => part.length >= 5 && isDigits(part.slice(1, 5)),
  hourMinute: (part) => part.slice(0, 2) < '24' && part.slice(2) < '60',
  hour: (part) => part < '24',
  minute: (part) => part < '60',
  currency: (part) => CURRENCY_NUMBERS.has(part),
  country: (part) => COUNTRY_NUMBERS.has(part),
  countryOr999: (part) => part === '999' || COUNTRY_NUMBERS.has(part),
  countryLetters: (part) => COUNTRY_LETTERS.has(part),
  percentEncoded: (part) => !/%(?![0-9A-Fa-f]{2})/.test(part),
  zeroOrOne: (part) => part === '0' || part === '1',
  hyphen: (part) => part === '-',
  importerIndex: (part) => /^[0-9A-Za-z_-]$/.test(part),
  // The shape of a UN/ECE Recommendation 21 code only: the list grows.
  packageType: (part) => /^[0-9A-Z]{1,3}$/.test(part),
  mediaType: (part) => (part >= '01' && part <= '10') || part >= '80',
  sex: (part) => part === '0' || part === '1' || part === '2' || part === '9',
  positionSlash: isPositionOfEnd,
  nonZero: (part) => /[1-9]/.test(part),
  winding: (part) => part === '0' || part === '1' || part === '9',
  zero: (part) => part === '0',
  pieceOfTotal: (part) => part.slice(0, 2) !== '00' && part.slice(0, 2) <= part.slice(2),
  noZeroPrefix: (part) => part === '0' || !part.startsWith('0'),
  hasNonDigit: (part) => !isDigits(part),
  latitude: (part) => part <= '1800000000',
  longitude: (part) => part <= '3600000000',
  // North American coupons: digits; their inner layout is the coupon clearing's business.
  coupon: isDigits,
};

function isPositionOfEnd(part: string): boolean {
  const [, position, end] = /^([1-9][0-9]*)\/([1-9][0-9]*)$/.exec(part) ?? [];
  return position !== undefined && Number(position) <= Number(end);
}

/** ISO 13616: country, two digits, and the whole turned by four ≡ 1 modulo 97. */
function isIban(part: string): boolean {
  if (!/^[A-Z]{2}[0-9]{2}[0-9A-Z]{7,30}$/.test(part) || !COUNTRY_LETTERS.has(part.slice(0, 2))) return false;
  let rest = 0;
  for (const letter of part.slice(4) + part.slice(0, 4)) {
    const value = Number.parseInt(letter, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

/** The check character pair of alphanumeric keys: prime weights from the right, modulo 1021 (§7.9.5). */
function hasCheckPair(part: string): boolean {
  const body = part.slice(0, -2);
  let sum = 0;
  for (let i = 0; i < body.length; i++) {
    sum += SET_82.indexOf(body.charAt(i)) * (PRIMES[body.length - 1 - i] ?? 0);
  }
  sum %= 1021;
  return part.length >= 2 && part.endsWith(SET_32.charAt(sum >> 5) + SET_32.charAt(sum & 31));
}

const DIGITS = '0123456789';
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
// Both in the order of their values (General Specifications §7.11 and §7.9.5).
const SET_82 = `!"%&'()*+,-./${DIGITS}:;<=>?${UPPER}_${LOWER}`;
const SET_32 = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const PRIMES = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83];

const CHARACTERS: Record<Field['set'], Uint8Array> = {
  n: marked(DIGITS),
  x: marked(SET_82),
  y: marked(`#-/${DIGITS}${UPPER}`),
  z: marked(`-_=${DIGITS}${UPPER}${LOWER}`),
};

/** One byte for each of the first 128 characters; any other reads as undefined, that is: not allowed. */
function marked(characters: string): Uint8Array {
  const table = new Uint8Array(128);
  for (const character of characters) table[character.charCodeAt(0)] = 1;
  return table;
}
