/**
 * The words of a catalogue text or of what a cashier types, made comparable: one word of one alphabet whatever its
 * case, accents, ligatures or digits. Both sides of the search use this and nothing else.
 */
export type Word = {
  /** The comparable form; never empty, never with a space. */
  readonly text: string;
  readonly kind: 'word' | 'number';
  /** Where it stands in the original, UTF-16 offsets [start, end). */
  readonly start: number;
  readonly end: number;
};

/** Splits a text into words and numbers: 'Œstrogel 0,50mg' → 'oestrogel', 0.5, 'mg'. Total over any string. */
export function scanWords(text: string): readonly Word[] {
  // Most of a register is Latin letters with one accent at most: those are folded place by place, at a third of the cost.
  const latin = text.replace(ACCENTED, plainLetter).toLowerCase();
  const easy = ASCII.test(latin);
  const found: Word[] = [];
  for (const match of (easy ? latin : text).matchAll(easy ? ASCII_WORD : WORD)) {
    const [raw, digits] = match;
    const folded = digits !== undefined ? canonicalNumber(fold(digits)) : wordOf(easy ? raw : fold(raw));
    if (folded === '') continue;
    const kind = digits === undefined ? 'word' : 'number';
    found.push({ text: folded, kind, start: match.index, end: match.index + raw.length });
  }
  return found;
}

/**
 * Lower case without accents, ligatures spelled out, the spellings of one Arabic letter made one, digits in ASCII.
 * Marks of scripts that need them to tell words apart (Devanagari vowels) stay.
 */
export function fold(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replace(IGNORED, '')
    .toLowerCase()
    .replace(SPECIAL, (letter) => SPELLED.get(letter) ?? letter)
    .replace(OTHER_DIGITS, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));
}

/** The letters and digits of a code alone, lower case: 'gtin:0340…' and '340 093 …' meet here. */
export const codeKey = (code: string): string => fold(code).replace(/[^\p{L}\p{N}]/gu, '');

/** How much of a word's original text the first `length` letters of its comparable form take up: UTF-16 units. */
export function originalLength(original: string, length: number): number {
  let folded = 0;
  let units = 0;
  for (const letter of original) {
    const more = fold(letter).length;
    if (folded >= length && more > 0) break;
    folded += more;
    units += letter.length;
  }
  return units;
}

const DOTS_AND_SPACES = /[.\s]/g;
const wordOf = (folded: string): string =>
  folded.includes('.') || folded.includes(' ') ? folded.replace(DOTS_AND_SPACES, '') : folded;

const ACCENTED = /[\u00c0-\u017f]/g;
const PLAIN = new Map<string, string>();
/** The one letter an accented one is without its accent; letters that fold to two (œ) stay, and with them the long way. */
function plainLetter(letter: string): string {
  let plain = PLAIN.get(letter);
  if (plain === undefined) {
    const folded = fold(letter);
    plain = folded.length === 1 ? folded : letter;
    PLAIN.set(letter, plain);
  }
  return plain;
}

const ASCII = /^[\x20-\x7e]*$/;
const ASCII_WORD = /(\d+(?:[.,]\d+)*)|[a-z](?:\.[a-z](?![a-z0-9]))+|[a-z][a-z0-9]*/g;
/** Numbers with their decimals; abbreviations with dots (L.P.); words, which may hold digits after a letter (B12). */
const WORD = /(\p{Nd}+(?:[.,]\p{Nd}+)*)|\p{L}(?:\.\p{L}(?![\p{L}\p{N}]))+|[\p{L}\p{M}][\p{L}\p{M}\p{N}]*/gu;
/** Accents of Latin, Greek and Cyrillic; vowel points of Hebrew and Arabic; tatweel; the invisible joiners. */
const IGNORED =
  /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f]/g;
const SPELLED: ReadonlyMap<string, string> = new Map([
  ['œ', 'oe'],
  ['æ', 'ae'],
  ['ß', 'ss'],
  ['ø', 'o'],
  ['đ', 'd'],
  ['ł', 'l'],
  ['ı', 'i'],
  ['þ', 'th'],
  ['ð', 'd'],
  // Persian and Maghrebi spellings, alef maqsura and ta marbuta, which are typed for one another.
  ['ى', 'ي'],
  ['ی', 'ي'],
  ['ک', 'ك'],
  ['ة', 'ه'],
  ['ٱ', 'ا'],
]);
const SPECIAL = /[œæßøđłıþðىیکةٱ]/g;
/** Arabic-Indic and Persian digits end in the nibble they mean. */
const OTHER_DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/g;

/** '0500' → '500', '1,00' → '1', '0,50' → '0.5'; several separators are thousands: '1.000.000' → '1000000'. */
function canonicalNumber(digits: string): string {
  const [whole = '', ...rest] = digits.split(/[.,]/);
  if (rest.length > 1) return canonicalNumber([whole, ...rest].join(''));
  const fraction = (rest[0] ?? '').replace(/0+$/, '');
  const integer = whole.replace(/^0+(?=.)/, '');
  return fraction === '' ? integer : `${integer}.${fraction}`;
}
