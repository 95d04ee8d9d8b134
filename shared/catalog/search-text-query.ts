import { codeKey, scanWords, type Word } from './search-text.ts';
import { formAbbreviations, packWords, units } from './search-text-terms.ts';

/** What was typed, taken apart. Every part is bounded; nothing typed makes an error. */
export type SearchQuery = {
  /** Beginnings of name words, all of which are to be found: at most 6. */
  readonly names: readonly string[];
  /** Strengths, forms, sizes: they sort and sift what the names find. At most 4, in the form `words` holds them. */
  readonly attributes: readonly string[];
  /** Part of a code with at least four digits, else null. */
  readonly code: string | null;
};

/**
 * Takes a typed text apart. `isForm` says whether a word is the beginning of a form or label word in the catalogue:
 * such a word after the first asks for a form ('doliprane sol'), as the first it may be a name ('solupred').
 */
export function parseQuery(text: string, isForm: (word: string) => boolean): SearchQuery {
  const typed = text.slice(0, MAX_TEXT);
  const words = scanWords(typed);
  const names: string[] = [];
  const attributes: string[] = [];
  words.forEach((word, i) => {
    const attribute = asAttribute(word, words[i - 1], names.length > 0 && isForm(word.text));
    if (attribute === null) names.push(word.text.slice(0, MAX_WORD));
    else if (attribute !== '') attributes.push(withUnit(attribute, words[i + 1]).slice(0, MAX_WORD));
  });
  // A form typed alone is the best name there is.
  const lone = names.length === 0 ? attributes.shift() : undefined;
  if (lone !== undefined) names.push(lone.split(' ')[0] ?? lone);
  return { names: names.slice(0, 6), attributes: attributes.slice(0, 4), code: asCode(typed, words) };
}

const MAX_TEXT = 200;
const MAX_WORD = 40;

/** The attribute a word stands for, '' when it says nothing, null when it is a name. */
function asAttribute(word: Word, before: Word | undefined, form: boolean): string | null {
  if (word.kind === 'number') return word.text;
  if (before?.kind === 'number' && units.has(word.text)) return '';
  if (before !== undefined && packWords.has(word.text)) return '';
  const sized = /^(?:x|bt|bte)(\d+)$/.exec(word.text);
  if (sized) return sized[1] ?? '';
  const form_ = formAbbreviations.get(word.text);
  if (form_ !== undefined) return form_;
  const single = before !== undefined && word.text.length === 1;
  return form || single || units.has(word.text) ? (units.get(word.text) ?? word.text) : null;
}

function withUnit(attribute: string, next: Word | undefined): string {
  const unit = next && /^\d/.test(attribute) ? units.get(next.text) : undefined;
  return unit === undefined ? attribute : `${attribute} ${unit}`;
}

/** A code is typed alone: one word, or digits in groups. */
function asCode(typed: string, words: readonly Word[]): string | null {
  const key = codeKey(typed);
  if (key.length > 60 || (key.match(/\d/g)?.length ?? 0) < 4) return null;
  return words.every((w) => w.kind === 'number') || !/\s/u.test(typed.trim()) ? key : null;
}
