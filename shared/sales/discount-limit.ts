import { mulDivRound, sumMinor } from '#shared/kernel/money.ts';
import { type Cart, type GivenDiscount, headOf } from './cart.ts';
import type { PricedCart } from './cart-pricing.ts';
import type { Discount } from './totals-input.ts';

/**
 * Whether a discount off an amount (minor units) is more than a cashier may give alone; `limitPct3` in thousandths of
 * a percent. An amount is measured by the share it is of what it is taken from.
 */
export function isOverLimit(discount: Discount, ofMinor: number, limitPct3: number): boolean {
  if (discount.kind === 'percent') return discount.ratePct3 > limitPct3;
  return discount.minor > mulDivRound(ofMinor, limitPct3, 100_000);
}

/** What a discount of a line, or of the whole sale (null), is taken from; what the law lets nobody discount is left out. */
export function discountableMinor({ lines, totals }: PricedCart, lineId: string | null): number {
  return sumMinor(
    lines.map((line, i) =>
      line.pack.discountAllowed && (lineId === null || line.lineId === lineId)
        ? (totals.lines[i]?.grossMinor ?? 0)
        : 0,
    ),
  );
}

/**
 * Whether something in the sale is discounted by more than a cashier may give alone and nobody agreed to it. Asked
 * again at payment: an amount that was small for ten packs is all of one.
 */
export function hasUnagreedDiscount(cart: Cart, priced: PricedCart, limitPct3: number): boolean {
  const isUnagreed = unagreedIn(priced, limitPct3);
  return (
    isUnagreed(headOf(cart).discount, null) ||
    cart.lines.some(({ discount, lineId }) => isUnagreed(discount, lineId))
  );
}

/** The cart with everything in it agreed to by a person that is more than a cashier may give alone. */
export function agreeDiscounts(
  cart: Cart,
  priced: PricedCart,
  { limitPct3, by: authorisedBy }: { readonly limitPct3: number; readonly by: string },
): Cart {
  const isUnagreed = unagreedIn(priced, limitPct3);
  const agreed = <T extends { readonly discount?: GivenDiscount | undefined }>(
    of: T,
    lineId: string | null,
  ): T =>
    of.discount && isUnagreed(of.discount, lineId)
      ? { ...of, discount: { ...of.discount, authorisedBy } }
      : of;
  return {
    ...cart,
    lines: cart.lines.map((line) => agreed(line, line.lineId)),
    ...(cart.head && { head: agreed(cart.head, null) }),
  };
}

const unagreedIn =
  (priced: PricedCart, limitPct3: number) =>
  (given: GivenDiscount | undefined, lineId: string | null): boolean =>
    given !== undefined &&
    given.authorisedBy === null &&
    isOverLimit(given.discount, discountableMinor(priced, lineId), limitPct3);
