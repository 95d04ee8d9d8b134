import { originalLength, scanWords } from './search-text.ts';
import { units } from './search-text-terms.ts';

/** A range [from, to) of UTF-16 offsets. */
export type Mark = readonly [number, number];

/** The places of a text where one of the words (beginnings of words, as typed or as corrected) is found, in order. */
export function marksIn(text: string, words: readonly string[]): readonly Mark[] {
  return scanWords(text).flatMap((word): Mark[] => {
    const name = units.get(word.text) ?? word.text;
    const lengths = words.filter((w) => word.text.startsWith(w) || name === w).map((w) => w.length);
    if (lengths.length === 0) return [];
    const original = text.slice(word.start, word.end);
    const longest = Math.max(...lengths);
    const length = longest >= word.text.length ? original.length : partLength(original, longest);
    return [[word.start, word.start + length]];
  });
}

/** Of 'L.P.' and '0,50' a part is not told from the whole. */
const partLength = (original: string, length: number): number =>
  /[.,]/.test(original) ? original.length : originalLength(original, length);
