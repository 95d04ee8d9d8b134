/**
 * What a sale adds up to, worked out by hand: the same rules as the till's, in arithmetic of its own. Minor units, base
 * units; small enough that every product is exact.
 */

export type Reduction = (
  | { readonly kind: 'percent'; readonly ratePct3: number }
  | { readonly kind: 'amount'; readonly minor: number }
) & {
  /** Somebody gave a PIN for it, because it was more than a cashier may give. */
  readonly agreed?: boolean;
};

/** An article of the test shop as a price list has it. `bundle`: so many are taken and so many paid, by an offer. */
export type Article = {
  readonly packSize: number;
  readonly priceMinor: number;
  readonly taxPct3: readonly number[];
  readonly offer: 'three-for-two' | 'half-with-coupon' | null;
};
export type HandLine = {
  readonly article: Article;
  readonly base: number;
  readonly reduction: Reduction | null;
};
export type HandSale = {
  readonly lines: readonly HandLine[];
  readonly reduction: Reduction | null;
  readonly coupon: boolean;
  readonly taxOnTop: boolean;
  readonly isExempt: boolean;
  /** How many of how many points are to be used. */
  readonly points: { readonly wanted: number; readonly balance: number };
};
/** By line, in their order, what is paid for it and the tax of it; then all of it. */
export type HandTotals = {
  readonly lines: readonly { readonly amountMinor: number; readonly taxMinor: number }[];
  readonly taxMinor: number;
  readonly totalMinor: number;
  readonly pointsUsed: number;
};

/** What a point is worth, and what it takes to get one. */
export const POINT = { valueMinor: 10, perMinor: 50 } as const;

export function totalsByHand(sale: HandSale): HandTotals {
  const { lines, reduction, coupon, taxOnTop, isExempt } = sale;
  const open = lines.map((line) => afterReductions(line, coupon));
  const givenMinor = offOf(sum(open), reduction);
  const pointsUsed = usedOf(sale.points, sum(open) - givenMinor);
  const off = spread(givenMinor + pointsUsed * POINT.valueMinor, open);
  const priced = open.map((minor, i) => minor - (off[i] ?? 0));
  const contained = isExempt && !taxOnTop ? taxByLine(lines, priced, false) : [];
  const amounts = priced.map((minor, i) => minor - (contained[i] ?? 0));
  const taxes = isExempt ? [] : taxByLine(lines, amounts, taxOnTop);
  const taxMinor = sum(taxes);
  return {
    lines: amounts.map((amountMinor, i) => ({ amountMinor, taxMinor: taxes[i] ?? 0 })),
    taxMinor,
    totalMinor: sum(amounts) + (taxOnTop ? taxMinor : 0),
    pointsUsed,
  };
}

/** Whole points, no more than there are and than there is left to pay. */
const usedOf = ({ wanted, balance }: HandSale['points'], leftMinor: number): number =>
  Math.max(0, Math.min(wanted, balance, Math.floor(leftMinor / POINT.valueMinor)));

/** The share of points, earned or used, that goes when so much of what they were for is back. */
export const pointsOfShare = (points: number, back: number, whole: number): number =>
  back >= whole ? points : nearest(points * back, whole);

/** Half away from zero; nothing here is negative. */
export const nearest = (numerator: number, denominator: number): number =>
  Math.floor((2 * numerator + denominator) / (2 * denominator));

export const toStep = (minor: number, step: number): number => nearest(minor, step) * step;

export const sum = (amounts: readonly number[]): number => amounts.reduce((a, b) => a + b, 0);

/** Whole packs at their price and the loose rest in proportion. */
export const grossByHand = ({ packSize, priceMinor }: Article, base: number): number =>
  Math.floor(base / packSize) * priceMinor + nearest(priceMinor * (base % packSize), packSize);

function afterReductions({ article, base, reduction }: HandLine, coupon: boolean): number {
  const { packSize, offer } = article;
  const packs = Math.floor(base / packSize);
  const gross = grossByHand(article, base);
  const left = gross - offOf(gross, reduction);
  if (offer === 'half-with-coupon') return coupon ? left - nearest(left, 2) : left;
  if (offer === null) return left;
  const weights = [...Array.from({ length: packs }, () => packSize), base % packSize];
  const prices = spread(left, weights).slice(0, packs);
  return left - sum(prices.toSorted((a, b) => b - a).filter((_, i) => i % 3 === 2));
}

const offOf = (minor: number, reduction: Reduction | null): number => {
  if (reduction === null) return 0;
  return reduction.kind === 'amount'
    ? Math.min(minor, reduction.minor)
    : nearest(minor * reduction.ratePct3, 100_000);
};

/** Each rate of a group on the group's sum, then over its lines. */
function taxByLine(
  lines: readonly HandLine[],
  amounts: readonly number[],
  onTop: boolean,
): readonly number[] {
  const taxes = amounts.map(() => 0);
  for (const rates of new Set(lines.map(({ article }) => article.taxPct3.join('+')))) {
    const members = lines.flatMap(({ article }, i) => (article.taxPct3.join('+') === rates ? [i] : []));
    const parts = rates.split('+').map(Number);
    const ofGroup = members.map((i) => amounts[i] ?? 0);
    const whole = onTop ? 100_000 : 100_000 + sum(parts);
    const tax = sum(parts.map((rate) => nearest(sum(ofGroup) * rate, whole)));
    spread(tax, ofGroup).forEach((minor, i) => {
      taxes[members[i] ?? 0] = minor;
    });
  }
  return taxes;
}

/** By largest remainder; of equal ones the first. */
function spread(total: number, weights: readonly number[]): readonly number[] {
  const all = sum(weights);
  if (total === 0 || all === 0) return weights.map(() => 0);
  const parts = weights.map((weight) => Math.floor((total * weight) / all));
  const rest = weights.map((weight, i) => ({ i, over: (total * weight) % all }));
  for (const { i } of rest.toSorted((a, b) => b.over - a.over || a.i - b.i).slice(0, total - sum(parts)))
    parts[i] = (parts[i] ?? 0) + 1;
  return parts;
}
