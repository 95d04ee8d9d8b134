import { grossAtPackPrice } from '#shared/catalog/pack-price.ts';
import { allocate, atRate, FULL_PCT3, sumMinor } from '#shared/kernel/money.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import {
  type Discount,
  type SaleInput,
  type SaleLineInput,
  type TotalsError,
  totalsFault,
} from './totals-input.ts';
import { type LineTax, type TaxGroup, taxLines } from './totals-tax.ts';

/**
 * A line worked out. `amountMinor` is gross less both discounts (less `exemptMinor` when the customer is exempt);
 * `lineDiscountMinor` is the line's own discount and its offer.
 */
export type LineTotals = {
  readonly grossMinor: number;
  readonly lineDiscountMinor: number;
  readonly cartDiscountMinor: number;
  readonly amountMinor: number;
  /** Contained in the amount when prices include tax, else on top of it. */
  readonly taxMinor: number;
};

/** A sale worked out: `totalMinor` = Σ line amounts, + Σ tax components when prices exclude tax. */
export type SaleTotals = {
  readonly lines: readonly LineTotals[];
  /** One per rate group in the sale, in ascending order of its rates. */
  readonly taxes: readonly TaxGroup[];
  readonly totalMinor: number;
};

/**
 * Everything a sale adds up to, before tenders (RULES.md §1.1–1.4). The one place where a price becomes money: till
 * screen, receipt, ledger and reports all show what this returns. An empty cart totals 0.
 *
 * Example, prices with 20 % tax: 45 tablets of packs of 30 at 3.00 are 3.00 + 1.50 = 4.50 gross; 10 % off the cart
 * takes 0.45, leaves 4.05, which contains round(405 · 20 / 120) = 0.68 tax on a base of 3.37.
 */
export function saleTotals(sale: SaleInput): Result<SaleTotals, TotalsError> {
  const fault = totalsFault(sale);
  if (fault !== null) return err(fault);
  const lines = discountLines(sale);
  const tax = taxLines(sale.taxMode, lines);
  return ok({
    lines: lines.map(({ taxPct3: _, ...line }, index) => ({ ...line, taxMinor: tax.taxMinor[index] ?? 0 })),
    taxes: tax.groups,
    totalMinor: totalOf(sale.taxMode, { lines, taxes: tax.groups }),
  });
}

/** What is to be paid for lines and their taxes (RULES.md §1.5). */
export function totalOf(
  taxMode: SaleInput['taxMode'],
  {
    lines,
    taxes,
  }: {
    readonly lines: readonly { readonly amountMinor: number }[];
    readonly taxes: readonly { readonly componentsMinor: readonly number[] }[];
  },
): number {
  const amounts = sumMinor(lines.map((line) => line.amountMinor));
  return taxMode === 'inclusive'
    ? amounts
    : sumMinor([amounts, ...taxes.flatMap((tax) => tax.componentsMinor)]);
}

/** Lines after line and cart discount, before tax. The input has passed `totalsFault`. */
export function discountLines(sale: SaleInput): (Omit<LineTotals, 'taxMinor'> & LineTax)[] {
  const lines = sale.lines.map((line) => {
    const grossMinor = grossAtPackPrice(line.packPriceMinor, line);
    return { grossMinor, lineDiscountMinor: discountable(line) ? lineDiscount(grossMinor, line) : 0 };
  });
  const open = sale.lines.map((line, index) => (discountable(line) ? afterLineDiscount(lines[index]) : 0));
  const openMinor = sumMinor(open);
  const givenMinor = discountOf(openMinor, sale.cartDiscount);
  const pointsMinor = Math.min(sale.pointsMinor ?? 0, openMinor - givenMinor);
  const cartParts = allocate(givenMinor + pointsMinor, open);
  return lines.map((line, index) => {
    const cartDiscountMinor = cartParts[index] ?? 0;
    return {
      ...line,
      cartDiscountMinor,
      amountMinor: afterLineDiscount(line) - cartDiscountMinor,
      taxPct3: sale.lines[index]?.taxPct3 ?? [],
    };
  });
}

/** What loyalty points could take off: all that may be discounted, less what is discounted already. */
export const openToPoints = (sale: SaleInput): number =>
  sumMinor(
    discountLines(sale).map(({ amountMinor }, index) =>
      sale.lines[index]?.discountAllowed === false ? 0 : amountMinor,
    ),
  );

/** What is left of a line for offers: its gross less its own discount. The input has passed `totalsFault`. */
export function beforeOffers(line: SaleLineInput): number {
  const grossMinor = grossAtPackPrice(line.packPriceMinor, line);
  return discountable(line) ? grossMinor - discountOf(grossMinor, line.discount) : grossMinor;
}

function lineDiscount(grossMinor: number, { discount, offerMinor = 0 }: SaleLineInput): number {
  const own = discountOf(grossMinor, discount);
  return own + Math.min(offerMinor, grossMinor - own);
}

/** A discount never exceeds what it is taken from (RULES.md §1.2, §1.3). */
function discountOf(amountMinor: number, discount: Discount | undefined): number {
  if (discount === undefined) return 0;
  if (discount.kind === 'amount') return Math.min(discount.minor, amountMinor);
  return atRate(amountMinor, Math.min(discount.ratePct3, FULL_PCT3));
}

/** A medicine whose law forbids discounts takes none, of the cart neither (RULES.md §1.9). */
const discountable = (line: SaleLineInput): boolean => line.discountAllowed !== false;

const afterLineDiscount = (line: Pick<LineTotals, 'grossMinor' | 'lineDiscountMinor'> | undefined): number =>
  line === undefined ? 0 : line.grossMinor - line.lineDiscountMinor;
