import { err, ok, type Result } from '#shared/kernel/result.ts';
import type { Pack, ScannedDecimal } from './scan-types.ts';

/** What an in-store label says of what is in the hand: one of the three (weighed.ts). */
export type WeighedLabel = Pick<Pack, 'price' | 'weightKg' | 'quantity'>;

type LabelledSale = {
  readonly qtyBase: number;
  /** Of one pack, in minor units; left out where the pack's own price holds. */
  readonly typedPriceMinor?: number;
};

/** `label-not-sellable`: nothing of it, no whole minor unit, or a weight of what is not sold by weight. */
type LabelSaleError = { readonly code: 'label-not-sellable' };

/**
 * How an article with a label of the store's own scale is sold: one pack at the label's price; or by weight, where its
 * base unit is the gram, at the price of its pack; or so many packs.
 *
 * Example: cheese in packs of 1,000 g at 18.00. A label of 0.250 kg sells 250 g, which come to 4.50.
 */
export function soldByLabel(
  { price, weightKg, quantity }: WeighedLabel,
  { packSize, baseUnit, minorDigits }: { packSize: number; baseUnit: string; minorDigits: number },
): Result<LabelledSale, LabelSaleError> {
  if (price) {
    const minor = atDigits(price, minorDigits);
    return isSold(minor) ? ok({ qtyBase: packSize, typedPriceMinor: minor }) : fault;
  }
  if (weightKg) {
    const grams = baseUnit === 'g' ? atDigits(weightKg, 3) : null;
    return isSold(grams) ? ok({ qtyBase: grams }) : fault;
  }
  const qtyBase = (quantity ?? 0) * packSize;
  return isSold(qtyBase) ? ok({ qtyBase }) : fault;
}

/**
 * Whether it is weighed at the counter: its base unit is the gram, and its packs may be broken (RULES.md §2). A tube of
 * 30 g that nobody opens has a weight and is sold by the piece.
 */
export const isSoldByWeight = ({
  baseUnit,
  breakable,
}: {
  readonly baseUnit: string;
  readonly breakable: boolean;
}): boolean => baseUnit === 'g' && breakable;

const fault = err({ code: 'label-not-sellable' } as const);
const isSold = (amount: number | null): amount is number =>
  amount !== null && Number.isSafeInteger(amount) && amount > 0;

/** The amount as an integer with so many digits behind the point; null where that would drop some. */
export function atDigits({ amount, decimals }: ScannedDecimal, digits: number): number | null {
  if (decimals <= digits) return amount * 10 ** (digits - decimals);
  const step = 10 ** (decimals - digits);
  return amount % step === 0 ? amount / step : null;
}
