import { compareCodePoints } from '#shared/kernel/text.ts';

/** What a customer is found by: the words of the name, without case and marks, and the digits of the phone number. */
export type CustomerTerms = { readonly words: readonly string[]; readonly digits: string };

export function customerTerms({
  name,
  phone,
}: {
  readonly name: string;
  readonly phone: string | null;
}): CustomerTerms {
  return { words: nameWords(name), digits: phoneDigits(phone ?? '') };
}

/**
 * How well a customer answers to what was typed, 0 best; null when not at all. Each word typed must begin a word of
 * the name, each number must stand in the phone number; a whole number, and a word in its own place, go first.
 */
export function rankCustomer(
  { words, digits }: CustomerTerms,
  { words: asked, digits: number }: CustomerQuery,
): 0 | 1 | 2 | null {
  const key = phoneKey(number);
  const whole = key !== null && key === phoneKey(digits);
  if (!whole && !digits.includes(number)) return null;
  if (!asked.every((part) => words.some((word) => word.startsWith(part)))) return null;
  if (whole) return 0;
  return asked.every((part, at) => words[at]?.startsWith(part)) ? 1 : 2;
}

export type CustomerQuery = CustomerTerms;

/** What was typed into the search, read as a name, a number, or both in any order. */
export function readQuery(text: string): CustomerQuery {
  const parts = nameWords(text);
  const isNumber = (part: string) => /^\d+$/.test(part);
  return {
    words: parts.filter((part) => !isNumber(part)),
    digits: significant(parts.filter(isNumber).join('')),
  };
}

/**
 * Whether two entries look like one person: one phone number however it is written, or one name (its words in any
 * order) where at most one of them has a phone number. A person decides; the till only asks.
 */
export function looksSame(a: CustomerTerms, b: CustomerTerms): boolean {
  const [keyA, keyB] = [phoneKey(a.digits), phoneKey(b.digits)];
  if (keyA !== null && keyB !== null) return keyA === keyB;
  return a.words.length > 0 && inOrder(a.words) === inOrder(b.words);
}

/** The last two digits stay: enough to ask a customer by, too few for who looks over a shoulder. */
export function maskPhone(phone: string): string {
  const digits = [...phone].filter((c) => /\p{Nd}/u.test(c)).length;
  let seen = 0;
  return [...phone]
    .map((c) => {
      if (!/\p{Nd}/u.test(c)) return c;
      seen += 1;
      return digits - seen < 2 ? c : '•';
    })
    .join('');
}

/**
 * Case, accents and vowel marks do not tell two spellings apart, nor do the forms in which Arabic writes one letter.
 */
function nameWords(text: string): string[] {
  const folded = asciiDigits(text.normalize('NFKD'))
    .replace(/[\p{M}ـ]/gu, '')
    .toLowerCase();
  const plain = folded.replace(/[ßøłæœىة]/g, (letter) => spelled[letter] ?? letter);
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

const spelled: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', ø: 'o', ł: 'l', æ: 'ae', œ: 'oe' },
  ...{ ى: 'ي', ة: 'ه' },
};

const phoneDigits = (phone: string): string => asciiDigits(phone).replace(/\D/g, '');

/** A number as it is dialled at home or from abroad ends alike: what stands before may be 0, 00 33 or +33. */
const PHONE_TAIL = 9;
const SHORTEST_PHONE = 7;
const phoneKey = (digits: string): string | null =>
  digits.length < SHORTEST_PHONE ? null : significant(digits).slice(-PHONE_TAIL);

const significant = (digits: string): string => digits.replace(/^0+(?=\d)/, '');

const asciiDigits = (text: string): string => text.replace(/\p{Nd}/gu, digitValue);

/** The value of a decimal digit of any script: Unicode keeps each script's ten together, from a zero on. */
function digitValue(char: string): string {
  if (char >= '0' && char <= '9') return char;
  const code = char.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1;
  return String(value);
}

const inOrder = (words: readonly string[]): string => [...words].sort(compareCodePoints).join(' ');
