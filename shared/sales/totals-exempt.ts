import { err, ok, type Result } from '#shared/kernel/result.ts';
import { discountLines, type LineTotals, type SaleTotals, totalOf } from './totals.ts';
import { type SaleInput, type TotalsError, totalsFault } from './totals-input.ts';
import { taxLines } from './totals-tax.ts';

/** Totals of a tax-exempt sale: `exemptMinor` is the contained tax a line's price was lowered by. */
export type ExemptTotals = Omit<SaleTotals, 'lines'> & {
  readonly lines: readonly (LineTotals & { readonly exemptMinor: number })[];
};

/**
 * The totals for a customer exempt from tax (RULES.md §1.9): prices that contain tax are lowered by it, by rate group
 * and after all discounts; then everything is one group of rate 0. Gross = amount + discounts + `exemptMinor`.
 */
export function exemptSaleTotals(sale: SaleInput): Result<ExemptTotals, TotalsError> {
  const fault = totalsFault(sale);
  if (fault !== null) return err(fault);
  const discounted = discountLines(sale);
  const contained = sale.taxMode === 'inclusive' ? taxLines('inclusive', discounted).taxMinor : [];
  const lines = discounted.map(({ taxPct3: _, ...line }, index) => {
    const exemptMinor = contained[index] ?? 0;
    return { ...line, amountMinor: line.amountMinor - exemptMinor, exemptMinor, taxMinor: 0 };
  });
  const { groups } = taxLines(
    sale.taxMode,
    lines.map(({ amountMinor }) => ({ amountMinor, taxPct3: [0] })),
  );
  return ok({ lines, taxes: groups, totalMinor: totalOf(sale.taxMode, { lines, taxes: groups }) });
}
