/** The notes and coins people have in their hands of one currency, in minor units, the largest first. */
type Cash = { readonly notes: readonly number[]; readonly coins: readonly number[] };

/** Notes and coins in circulation; none where this list does not know a currency, whose cash is then typed as a sum. */
export const cashOf = (currency: string): Cash => known.get(currency) ?? { notes: [], coins: [] };

const cents = (notes: readonly number[], coins: readonly number[]): Cash => ({
  notes: notes.map((note) => note * 100),
  coins,
});

/** Issued by the central banks as of 2026; what was withdrawn and is still taken (a 500 euro note) stays in. */
const known: ReadonlyMap<string, Cash> = new Map([
  ['EUR', cents([500, 200, 100, 50, 20, 10, 5], [200, 100, 50, 20, 10, 5, 2, 1])],
  ['USD', cents([100, 50, 20, 10, 5, 2, 1], [100, 50, 25, 10, 5, 1])],
  ['GBP', cents([50, 20, 10, 5], [200, 100, 50, 20, 10, 5, 2, 1])],
  ['CHF', cents([1000, 200, 100, 50, 20, 10], [500, 200, 100, 50, 20, 10, 5])],
  ['CAD', cents([100, 50, 20, 10, 5], [200, 100, 25, 10, 5])],
  ['INR', cents([500, 200, 100, 50, 20, 10], [2000, 1000, 500, 200, 100])],
  ['MAD', cents([200, 100, 50, 20], [1000, 500, 200, 100, 50, 20, 10])],
  ['AED', cents([1000, 500, 200, 100, 50, 20, 10, 5], [100, 50, 25])],
  ['SAR', cents([500, 200, 100, 50, 20, 10, 5], [200, 100, 50, 25, 10, 5])],
  ['EGP', cents([200, 100, 50, 20, 10, 5], [100, 50, 25])],
  ['DZD', cents([2000, 1000, 500, 200], [20_000, 10_000, 5000, 2000, 1000, 500])],
  ['TND', { notes: [50_000, 20_000, 10_000, 5000], coins: [5000, 2000, 1000, 500, 200, 100, 50] }],
  ['JPY', { notes: [10_000, 5000, 2000, 1000], coins: [500, 100, 50, 10, 5, 1] }],
]);
