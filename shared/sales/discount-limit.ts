import { mulDivRound } from '#shared/kernel/money.ts';
import type { Discount } from './totals-input.ts';

/**
 * Whether a discount off an amount (minor units) is more than a cashier may give alone; `limitPct3` in thousandths of
 * a percent. An amount is measured by the share it is of what it is taken from.
 */
export function isOverLimit(discount: Discount, ofMinor: number, limitPct3: number): boolean {
  if (discount.kind === 'percent') return discount.ratePct3 > limitPct3;
  return discount.minor > mulDivRound(ofMinor, limitPct3, 100_000);
}
