/** The one source of chance in a simulated history: the same seed throws the same. */
export type Dice = {
  /** From 0 to below 1. */
  readonly next: () => number;
  /** From 0 to below `n`. */
  readonly below: (n: number) => number;
  readonly chance: (p: number) => boolean;
  readonly pick: <T>(items: readonly T[]) => T;
  readonly bytes: (n: number) => Uint8Array;
  /** Dice of their own for one part, so that what one part does never shifts the throws of another. */
  readonly fork: () => Dice;
};

export function createDice(seed: number): Dice {
  const next = mulberry32(seed);
  const below = (n: number) => Math.floor(next() * n);
  return {
    next,
    below,
    chance: (p) => next() < p,
    pick(items) {
      const found = items[below(items.length)];
      if (found === undefined) throw new RangeError('nothing to pick from');
      return found;
    },
    bytes: (n) => Uint8Array.from({ length: n }, () => below(256)),
    fork: () => createDice(below(2 ** 31)),
  };
}

function mulberry32(seed: number): () => number {
  // Neighbouring seeds are spread first: their histories should have nothing in common.
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
