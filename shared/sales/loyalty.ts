import { mulDivRound } from '#shared/kernel/money.ts';

/** What a store gives for what is spent: a point for every `perMinor`, worth `valueMinor` when it is used. */
export type LoyaltyTerms = {
  readonly enabled: boolean;
  readonly perMinor: number;
  readonly valueMinor: number;
};

/** Points of a sale: one for every whole `perMinor` of what was to be paid, whatever it was paid with. */
export const pointsEarned = (totalMinor: number, { enabled, perMinor }: LoyaltyTerms): number =>
  enabled ? wholes(totalMinor, perMinor) : 0;

/** What points would take off; nothing below 0, which two tills that were apart can bring about. */
export const worthOf = (points: number, { valueMinor }: LoyaltyTerms): number =>
  Math.max(0, points) * valueMinor;

/**
 * How many of the points asked for are used: no more than there are, and no more than there is left to pay. Whole points
 * only, so that each is worth exactly its value and none is spent on nothing.
 *
 * Example: 500 points of 0.01 on 3.20 left use 320; of 0.50, six are used and 0.20 is left to pay.
 */
export function pointsToUse(
  { wanted, balance, leftMinor }: Record<'wanted' | 'balance' | 'leftMinor', number>,
  { enabled, valueMinor }: LoyaltyTerms,
): number {
  return enabled ? Math.max(0, Math.min(wanted, balance, wholes(leftMinor, valueMinor))) : 0;
}

/** A sale and how much of it came back before and comes back now, by one measure: money, or base units. */
export type Share = { readonly whole: number; readonly before: number; readonly now: number };

/**
 * What a return takes back of the points a sale earned or used (positive). By the cumulative rule: after any steps it is
 * the rounded share of what came back in all, so the whole sale returned in any steps takes back exactly all, and never
 * more. Where two tills that were apart took back more than was sold, the rest takes back nothing.
 */
export const pointsBack = (points: number, { whole, before, now }: Share): number =>
  backAt(points, { whole, back: before + now }) - backAt(points, { whole, back: before });

const backAt = (
  points: number,
  { whole, back }: { readonly whole: number; readonly back: number },
): number => (back >= whole ? points : mulDivRound(points, back, whole));

const wholes = (amount: number, unit: number): number => (amount - (amount % unit)) / unit;
