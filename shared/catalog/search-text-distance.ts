/** How far a typed word is from a term. */
export type WordDistance = {
  /** Edits between the typed word and the nearest beginning of the term: for a word still being typed. */
  readonly prefix: number;
  /** Edits between the typed word and the whole term. */
  readonly whole: number;
};

/**
 * Edits (insert, delete, replace, swap of neighbours: optimal string alignment) between a typed word and a term.
 * Both distances are exact up to `max`; beyond it they are only known to be greater.
 */
export function wordDistance(typed: string, term: string, max: number): WordDistance {
  const columns = Math.min(term.length, typed.length + max);
  let older = new Array<number>(columns + 1).fill(0);
  let previous = Array.from({ length: columns + 1 }, (_, j) => j);
  let current = new Array<number>(columns + 1).fill(0);
  for (let i = 1; i <= typed.length; i++) {
    current[0] = i;
    let least = i;
    for (let j = 1; j <= columns; j++) {
      const cost = cell({ typed, term, older, previous, current, i, j });
      current[j] = cost;
      if (cost < least) least = cost;
    }
    if (least > max) return { prefix: max + 1, whole: max + 1 };
    [older, previous, current] = [previous, current, older];
  }
  const whole = term.length > columns ? max + 1 : (previous[columns] ?? 0);
  return { prefix: Math.min(...previous), whole };
}

/** Edits a word of this length may have: a short word is too soon another one. */
export const maxEdits = (length: number): number => (length < 4 ? 0 : length < 6 ? 1 : 2);

/** The pairs of neighbouring letters of a word, its beginning marked; each once. */
export function letterPairs(word: string): readonly string[] {
  const padded = `^${word}`;
  const pairs = new Set<string>();
  for (let i = 0; i + 1 < padded.length; i++) pairs.add(padded.slice(i, i + 2));
  return [...pairs];
}

type Cell = {
  readonly typed: string;
  readonly term: string;
  readonly older: readonly number[];
  readonly previous: readonly number[];
  readonly current: readonly number[];
  readonly i: number;
  readonly j: number;
};

function cell({ typed, term, older, previous, current, i, j }: Cell): number {
  const same = typed.charCodeAt(i - 1) === term.charCodeAt(j - 1);
  const replaced = (previous[j - 1] ?? 0) + (same ? 0 : 1);
  const edited = Math.min(replaced, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1);
  const swapped =
    i > 1 &&
    j > 1 &&
    typed.charCodeAt(i - 1) === term.charCodeAt(j - 2) &&
    typed.charCodeAt(i - 2) === term.charCodeAt(j - 1);
  return swapped ? Math.min(edited, (older[j - 2] ?? 0) + 1) : edited;
}
