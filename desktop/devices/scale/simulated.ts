import type { Weighing } from '#shared/sales/weighing.ts';

/** What is put on it, in grams, one after the other. */
const grams = [250, 125, 480, 1005, 60] as const;

/**
 * A scale for trying things out, with somebody who puts something else on it each time: it moves when it is first asked
 * about it, and stands still when it is asked again.
 */
export function createSimulatedScale() {
  let asked = 0;
  return {
    weigh: async (): Promise<Weighing> => {
      asked += 1;
      if (asked % 2 === 1) return { code: 'in-motion' };
      const amount = grams[(asked / 2 - 1) % grams.length] ?? grams[0];
      return { code: 'weighed', weight: { amount, decimals: 3, unit: 'kg' } };
    },
  };
}
