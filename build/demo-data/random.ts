import { createHash } from 'node:crypto';
import type { Random } from '#shared/kernel/clock.ts';

/** Repeatable randomness: the same seed and purpose give the same draws on every machine. */
export type Seeded = Random & {
  /** In [0, 1). */
  next(): number;
  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number;
  chance(probability: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** An index, each with the odds of its weight. */
  weighted(weights: readonly number[]): number;
};

/**
 * The draws of one purpose ('catalogue', 'sales S01'). Each purpose has a stream of its own, so a change in one part
 * of the demo leaves the others as they were.
 */
export function seeded(seed: number, purpose: string): Seeded {
  const draw = sfc32(createHash('sha256').update(`${seed}/${purpose}`).digest());
  const next = () => draw() / 2 ** 32;
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));
  return {
    next,
    int,
    bytes: (n) => drawBytes(draw, n),
    chance: (probability) => next() < probability,
    pick: (from) => {
      const found = from[int(0, from.length - 1)];
      if (found === undefined) throw new Error('pick: nothing to pick from');
      return found;
    },
    weighted: (weights) => {
      let rest = next() * weights.reduce((sum, weight) => sum + weight, 0);
      const index = weights.findIndex((weight) => {
        rest -= weight;
        return rest < 0;
      });
      return index === -1 ? weights.length - 1 : index;
    },
  };
}

/** Chris Doty-Humphrey's sfc32 (PractRand), public domain: 32 bits a draw. */
function sfc32(key: Buffer): () => number {
  let [a, b, c, counter] = [key.readInt32LE(0), key.readInt32LE(4), key.readInt32LE(8), 1];
  const draw = () => {
    const out = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + out) | 0;
    return out >>> 0;
  };
  for (let i = 0; i < 12; i++) draw();
  return draw;
}

function drawBytes(draw: () => number, n: number): Uint8Array {
  const bytes = new Uint8Array(n);
  let word = 0;
  for (let i = 0; i < n; i++) {
    if (i % 4 === 0) word = draw();
    bytes[i] = word & 0xff;
    word >>>= 8;
  }
  return bytes;
}
