import { mulDivRound } from '#shared/kernel/money.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { grossAtPackPrice } from './pack-price.ts';
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

type Labelled = {
  readonly packSize: number;
  readonly baseUnit: string;
  readonly breakable: boolean;
  /** Of one pack today; null where it has none. */
  readonly priceMinor: number | null;
  readonly minorDigits: number;
};

/**
 * How an article with a label of the store's own scale is sold: at the label's price, as one pack or as the grams it
 * stands for where it is sold by weight; or by the label's weight, where its base unit is the gram, at the price of its
 * pack; or so many packs.
 *
 * Example: cheese in packs of 1,000 g at 18.00. A label of 0.250 kg sells 250 g, which come to 4.50, and so does a
 * label of 4.50.
 */
export function soldByLabel(
  { price, weightKg, quantity }: WeighedLabel,
  pack: Labelled,
): Result<LabelledSale, LabelSaleError> {
  const { packSize, baseUnit, priceMinor, minorDigits } = pack;
  if (price) {
    const minor = atDigits(price, minorDigits);
    if (!isSold(minor)) return fault;
    if (!isSoldByWeight(pack) || !isSold(priceMinor))
      return ok({ qtyBase: packSize, typedPriceMinor: minor });
    const sold = gramsAtPrice(minor, { packSize, priceMinor });
    return sold ? ok(sold) : fault;
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

/**
 * Whether a stored line reads as a weight: it was broken to the gram, or came to whole packs of what is sold by weight
 * today. A line keeps no mark of its own, and a tube of 30 g is no weight.
 */
export const readsAsWeight = ({
  qtyBase,
  packSize,
  ...pack
}: {
  readonly baseUnit: string;
  readonly breakable: boolean;
  readonly qtyBase: number;
  readonly packSize: number;
}): boolean => isSoldByWeight({ ...pack, breakable: pack.breakable || qtyBase % packSize !== 0 });

/** Grams as a scale shows them, in kilograms to the gram: `0.250`, `12.005`. */
export function kilograms(grams: number, decimal: string): string {
  const digits = String(Math.abs(grams)).padStart(4, '0');
  return `${grams < 0 ? '-' : ''}${digits.slice(0, -3)}${decimal}${digits.slice(-3)}`;
}

/**
 * The grams a price stands for at the price of a pack, and the price of a pack at which they come to it exactly: the
 * label's price is charged, and the shelf loses what was sold. A gram may cost more than a minor unit: then the price
 * of a pack gives way first, and the grams where that is not enough. Null where nothing near comes to it.
 */
function gramsAtPrice(
  minor: number,
  { packSize, priceMinor }: { packSize: number; priceMinor: number },
): LabelledSale | null {
  const near = Math.max(1, mulDivRound(minor, packSize, priceMinor));
  for (let off = 0; off <= MOST_GRAMS_OFF; off += 1) {
    for (const qtyBase of off === 0 ? [near] : [near - off, near + off]) {
      if (qtyBase < 1) continue;
      const price = mulDivRound(minor, packSize, qtyBase);
      const typedPriceMinor = [priceMinor, price, price - 1, price + 1].find(
        (tried) => tried > 0 && grossAtPackPrice(tried, { qtyBase, packSize }) === minor,
      );
      if (typedPriceMinor !== undefined) return { qtyBase, typedPriceMinor };
    }
  }
  return null;
}

const MOST_GRAMS_OFF = 100;

const fault = err({ code: 'label-not-sellable' } as const);
const isSold = (amount: number | null): amount is number =>
  amount !== null && Number.isSafeInteger(amount) && amount > 0;

/** The amount as an integer with so many digits behind the point; null where that would drop some. */
export function atDigits({ amount, decimals }: ScannedDecimal, digits: number): number | null {
  if (decimals <= digits) return amount * 10 ** (digits - decimals);
  const step = 10 ** (decimals - digits);
  return amount % step === 0 ? amount / step : null;
}
