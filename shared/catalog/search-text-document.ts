import { codeKey, scanWords, type Word } from './search-text.ts';
import { sameStrength, units } from './search-text-terms.ts';
import type { Generic } from './tables.ts';

/** What the search knows of a medicine and one of its packs. */
export type Searchable = {
  readonly brand: string;
  readonly generics: readonly Generic[];
  readonly form: string;
  readonly holder: string;
  readonly label: string;
  readonly packSize: number;
  /** As stored: 'gtin:03400930000011'. */
  readonly codes: readonly string[];
};

/** A pack as the index holds it. All texts are folded words joined by single spaces. */
export type SearchDocument = {
  /** Words of the brand that are neither strength nor form, in order: what a typed name is the beginning of. */
  readonly brandKey: string;
  readonly generic: string;
  /** Everything about the pack, in front of and behind each word a space, for strength, form, label and size. */
  readonly words: string;
  readonly codes: string;
  /** Words and numbers of form and label; the same array for the same text, as long as the documenter remembers it. */
  readonly formWords: readonly (readonly string[])[];
};

/**
 * Takes packs apart for the index. Registers put strength and form into the brand: they are told by the form itself.
 * Holders, forms, labels and substances come again and again in a register, and a medicine's packs one after another,
 * so what was made of them is kept: make one for a rebuild or a transaction, and let it go.
 */
export function createDocumenter(): (it: Searchable) => SearchDocument {
  const plain = remembered((text) => scanWords(text).map((w) => w.text));
  const dosage = remembered(dosageWords);
  const substance = remembered(nameWords);
  let brand = brandOf('');
  return (it) => {
    const form = plain(it.form);
    const label = dosage(it.label);
    const generics = it.generics
      .map((g) => `${dosage(g.strength).joined} | ${dosage(g.name).joined}`)
      .join(' | ');
    if (brand.text !== it.brand) brand = brandOf(it.brand);
    return {
      brandKey: namesAmong(brand.words, form.words).join(' '),
      generic: [...new Set(it.generics.flatMap((g) => substance(g.name).words))].join(' '),
      words: ` ${brand.dosage} | ${form.joined} | ${it.packSize} | ${label.joined} | ${generics} | ${plain(it.holder).joined} `,
      codes: it.codes.map((code) => codeKey(code.slice(code.indexOf(':') + 1))).join(' '),
      formWords: [form.words, label.words],
    };
  };
}

function brandOf(text: string) {
  const words = scanWords(text);
  return { text, words, dosage: dosed(text, words).join(' ') };
}

type Made = { readonly words: readonly string[]; readonly joined: string };

/** Bounded: no more than a register's worth. */
function remembered(make: (text: string) => readonly string[]): (text: string) => Made {
  const made = new Map<string, Made>();
  return (text) => {
    const known = made.get(text);
    if (known) return known;
    if (made.size >= 30_000) made.clear();
    const words = make(text);
    const fresh = { words, joined: words.join(' ') };
    made.set(text, fresh);
    return fresh;
  };
}

const nameWords = (text: string): readonly string[] => namesAmong(scanWords(text), []);
const dosageWords = (text: string): readonly string[] => dosed(text, scanWords(text));

/** The words that name: no numbers, no units after them, no form. A name made of nothing else stays whole. */
function namesAmong(words: readonly Word[], form: readonly string[]): readonly string[] {
  const names = words.filter((w, i) => w.kind === 'word' && !form.includes(w.text) && !isUnit(words, i));
  return (names.length > 0 ? names : words).map((w) => w.text);
}

const isUnit = (words: readonly Word[], i: number): boolean =>
  words[i - 1]?.kind === 'number' && units.has(words[i]?.text ?? '');

/** All words with units under one name, each strength in every way it is said, and '1 000' also as 1000. */
function dosed(text: string, words: readonly Word[]): readonly string[] {
  return words.flatMap((w, i) => {
    if (w.kind === 'word') return [isUnit(words, i) ? (units.get(w.text) ?? w.text) : w.text];
    const joined = inThousands(text, words, i);
    const last = joined === null ? i : i + joined.groups;
    const unit = units.get(words[last + 1]?.text ?? '');
    const number = joined?.number ?? w.text;
    // The spelling as it stands comes last, so that its unit follows it.
    const others = unit === undefined ? [] : sameStrength(number, unit);
    const whole = joined === null ? [] : [unit === undefined ? number : `${number} ${unit}`];
    return [...others, ...whole, w.text];
  });
}

/** '1 000 000' from its first group on: the number and how many groups follow; null when it is one number alone. */
function inThousands(
  text: string,
  words: readonly Word[],
  i: number,
): { number: string; groups: number } | null {
  const first = words[i];
  if (first === undefined || first.end - first.start > 3) return null;
  let number = first.text;
  let groups = 0;
  for (let next = words[i + 1]; next?.kind === 'number'; next = words[i + groups + 1]) {
    const gap = text.slice(words[i + groups]?.end, next.start);
    const raw = text.slice(next.start, next.end);
    if (!/^[ \u00a0\u202f]$/.test(gap) || !/^\d{3}(?![.,]\d)/.test(raw) || raw.length !== 3) break;
    number += raw;
    groups++;
  }
  return groups > 0 ? { number, groups } : null;
}
