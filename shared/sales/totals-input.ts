import { FULL_PCT3, isWholeAmount } from '#shared/kernel/money.ts';
import { isPositiveQty } from '#shared/kernel/quantity.ts';

/** Whether the store's prices contain the tax; one per sale (RULES.md §1.4). */
export type TaxMode = 'inclusive' | 'exclusive';

/** Off a line or the cart: a rate in thousandths of a percent, or a fixed amount. More than there is takes all of it. */
export type Discount =
  | { readonly kind: 'percent'; readonly ratePct3: number }
  | { readonly kind: 'amount'; readonly minor: number };

/** What a line is worked out from: the price of one pack, the pack's base units, the base units sold. */
export type SaleLineInput = {
  readonly packPriceMinor: number;
  readonly packSize: number;
  readonly qtyBase: number;
  /** The components of its tax rate in order: France `[2100]`, India `[2500, 2500]`; `[0]` or `[]` for none. */
  readonly taxPct3: readonly number[];
  readonly discount?: Discount | undefined;
  /** What an offer takes off after the line's own discount, at most what is left. */
  readonly offerMinor?: number | undefined;
  /** False for a medicine that by law is never sold at a discount. */
  readonly discountAllowed?: boolean | undefined;
};

export type SaleInput = {
  readonly taxMode: TaxMode;
  readonly lines: readonly SaleLineInput[];
  readonly cartDiscount?: Discount | undefined;
  /** What loyalty points take off after the cart's discount, at most what is left. */
  readonly pointsMinor?: number | undefined;
};

/** Why a sale cannot be worked out: a figure that is none (`line` is its index, null for the cart), or too much money. */
export type TotalsError =
  | {
      readonly code: 'bad-figure';
      readonly field: 'packPriceMinor' | 'packSize' | 'qtyBase' | 'taxPct3' | 'discount' | 'cartDiscount';
      readonly line: number | null;
    }
  | { readonly code: 'too-large' };

/**
 * The most a sale may gross, tax on top included: 90 trillion of a currency with two digits. Clear of
 * Number.MAX_SAFE_INTEGER by more than the float error of the estimate, so that no sum of the sale can leave it.
 */
export const LARGEST_SALE_MINOR = 9_000_000_000_000_000;

/** The first reason not to work the sale out; null when every figure is one and all sums will be exact. */
export function totalsFault(sale: SaleInput): TotalsError | null {
  for (const [line, input] of sale.lines.entries()) {
    const field = lineFault(input);
    if (field !== null) return { code: 'bad-figure', field, line };
  }
  if (!isDiscount(sale.cartDiscount) || !isWholeAmount(sale.pointsMinor ?? 0))
    return { code: 'bad-figure', field: 'cartDiscount', line: null };
  return estimate(sale.lines) > LARGEST_SALE_MINOR ? { code: 'too-large' } : null;
}

function lineFault(line: SaleLineInput) {
  if (!isWholeAmount(line.packPriceMinor)) return 'packPriceMinor';
  if (!isPositiveQty(line.packSize)) return 'packSize';
  if (!isWholeAmount(line.qtyBase)) return 'qtyBase';
  if (!isTaxRate(line.taxPct3)) return 'taxPct3';
  if (line.offerMinor !== undefined && !isWholeAmount(line.offerMinor)) return 'discount';
  return isDiscount(line.discount) ? null : 'discount';
}

/** Up to 100 % in sum: above that, three rounded components can exceed the price that contains them. */
const isTaxRate = (taxPct3: readonly number[]): boolean =>
  taxPct3.every(isWholeAmount) && taxPct3.reduce((sum, rate) => sum + rate, 0) <= FULL_PCT3;

const isDiscount = (discount: Discount | undefined): boolean =>
  discount === undefined || isWholeAmount(discount.kind === 'percent' ? discount.ratePct3 : discount.minor);

/** Upper bound in floats, with the tax as if it came on top and a unit a line for its rounding. */
const estimate = (lines: readonly SaleLineInput[]): number =>
  lines.reduce(
    (sum, line) => sum + taxFactor(line) * (line.packPriceMinor * (line.qtyBase / line.packSize) + 1),
    0,
  );

const taxFactor = ({ taxPct3 }: SaleLineInput): number =>
  taxPct3.reduce((factor, rate) => factor + rate / FULL_PCT3, 1);
