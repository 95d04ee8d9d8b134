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
  const found: Word[] = [];
  for (const match of text.matchAll(WORD)) {
    const [raw, digits] = match;
    const folded = digits === undefined ? fold(raw).replace(/[.\s]/g, '') : canonicalNumber(fold(digits));
    if (folded !== '')
      found.push({
        text: folded,
        kind: digits === undefined ? 'word' : 'number',
        start: match.index,
        end: match.index + raw.length,
      });
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

const ASCII = /^[\x20-\x7e]*$/;
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
