import type { PackSizeRules } from './import-profile.ts';

/** What a label says about a pack's content. */
export type PackContent = {
  readonly packSize: number;
  readonly baseUnit: string;
  readonly breakable: boolean;
};

/**
 * Reads how many base units a pack holds from its label, with the profile's vocabulary: '4 blisters of 14 tablets'
 * is 56 tablets, '10 ampoules of 5 ml' 10 ampoules, '1 bottle of 100 ml' one bottle, '2 x 8 tablets' 16. Null when
 * the label does not say it plainly (a kit of several things, a number that is no count): the caller then sells the
 * pack whole.
 */
export function packSizeReader(rules: PackSizeRules): (label: string) => PackContent | null {
  const vocabulary = new Map<string, Word>([
    ...rules.containers.flatMap((rule) =>
      rule.words.map((word): [string, Word] => [word, { kind: 'container', ...rule }]),
    ),
    ...rules.units.flatMap((rule) =>
      rule.words.map((word): [string, Word] => [word, { kind: 'unit', ...rule }]),
    ),
    ...rules.of.map((word): [string, Word] => [word, { kind: 'of' }]),
    ...rules.times.map((word): [string, Word] => [word, { kind: 'times' }]),
    ...rules.accessory.map((word): [string, Word] => [word, { kind: 'accessory' }]),
  ]);
  return (label) => {
    const tokens = tokensOf(label, vocabulary);
    const units = countUnits(tokens);
    return units === 'none' ? countContainers(tokens) : units;
  };
}

type Counted = { readonly unit: string; readonly breakable: boolean };
type Word =
  | ({ readonly kind: 'unit' | 'container' } & Counted)
  | { readonly kind: 'of' | 'times' | 'accessory' };
type Token = Word | { readonly kind: 'number'; readonly value: number } | { readonly kind: 'other' };

const MAX_PACK = 100_000;

/** Units inside, times what holds them: every 'number unit' counts, multiplied by the containers it lies in. */
function countUnits(tokens: readonly Token[]): PackContent | null | 'none' {
  let total = 0;
  let perPack = 1;
  let nested = false;
  let unit: Counted | null = null;
  for (const [i, token] of tokens.entries()) {
    if (token.kind !== 'number') continue;
    const next = tokens[i + 1];
    if (next?.kind === 'times' && tokens[i + 2]?.kind === 'number') {
      perPack = token.value * (nested ? perPack : 1);
      nested = true;
    } else if (next?.kind === 'container') {
      perPack = token.value * (nested && tokens[i - 1]?.kind === 'of' ? perPack : 1);
      nested = true;
    } else if (next?.kind === 'unit') {
      if (unit !== null && unit.unit !== next.unit) return null;
      unit = next;
      total += perPack * token.value;
    }
  }
  return unit === null ? 'none' : content(total, unit);
}

/** The containers themselves, when the label counts one kind only; one where it gives no number. */
function countContainers(tokens: readonly Token[]): PackContent | null {
  let counted: Counted | null = null;
  let count = 1;
  for (const [i, token] of tokens.entries()) {
    if (token.kind === 'accessory') break;
    if (token.kind !== 'container') continue;
    const before = tokens[i - 1];
    if (counted === null) {
      counted = token;
      count = before?.kind === 'number' ? before.value : 1;
    } else if (counted.unit !== token.unit && before?.kind === 'number') return null;
  }
  return counted === null ? null : content(count, counted);
}

const content = (packSize: number, { unit, breakable }: Counted): PackContent | null =>
  Number.isInteger(packSize) && packSize > 0 && packSize <= MAX_PACK
    ? { packSize, baseUnit: unit, breakable: breakable && packSize > 1 }
    : null;

function tokensOf(label: string, vocabulary: ReadonlyMap<string, Word>): Token[] {
  // '(s)' is a plural; what else stands in brackets says the same again ('4 blisters of 14 (56 tablets)').
  const plain = label
    .toLowerCase()
    .slice(0, 1000)
    .replace(/\([^()]{1,3}\)/g, '')
    .replace(/\([^()]*\)/g, ' ');
  return (plain.match(/\d+(?:[.,]\d+)?|\p{L}+|×/gu) ?? []).map((word): Token => {
    if (/^\d/.test(word)) return /^\d+$/.test(word) ? { kind: 'number', value: Number(word) } : OTHER;
    return (
      vocabulary.get(word) ??
      vocabulary.get(word.replace(/[sx]$/, '')) ??
      vocabulary.get(word.replace(/es$/, '')) ??
      OTHER
    );
  });
}

const OTHER: Token = { kind: 'other' };
