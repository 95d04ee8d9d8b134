import { allocate, isWholeAmount, mulDivRound, sumMinor } from '#shared/kernel/money.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { totalOf } from './totals.ts';
import type { TaxMode } from './totals-input.ts';
import { groupByRate, rateKey } from './totals-tax.ts';

/** What came back of a line and the money for it. `amountMinor` and `taxMinor` as in the sale's line. */
export type LineRefund = {
  readonly qtyBase: number;
  readonly amountMinor: number;
  readonly taxMinor: number;
};

/** A line as it was sold. */
export type SoldLine = LineRefund & { readonly taxPct3: readonly number[] };

export type TaxRefund = { readonly taxPct3: readonly number[]; readonly componentsMinor: readonly number[] };

/** A sale as it was made: what `saleTotals` returned, with the lines' quantities and rates. */
export type SoldSale = {
  readonly taxMode: TaxMode;
  readonly lines: readonly SoldLine[];
  readonly taxes: readonly TaxRefund[];
};

/** Money for goods of a sale that came back; lines and tax groups in the order of the sale. */
export type SaleRefund = { readonly lines: readonly LineRefund[]; readonly taxes: readonly TaxRefund[] };

/** Why goods cannot be taken back: a figure that is none, or more than is left of the line with that index. */
export type RefundError =
  | { readonly code: 'bad-figure'; readonly line: number }
  | { readonly code: 'more-than-sold'; readonly line: number; readonly leftBase: number };

/**
 * The refund for part of a line, cumulative (RULES.md §1.7): what all returns so far are worth, less what was given
 * back for the earlier ones. Returning everything, in any steps, gives back exactly what was paid. Example: of 3 units
 * for 1.00, the first brings 0.33, the second 0.34, the third 0.33.
 *
 * `refunded` is the sum of the facts. Two counters that refunded one line while apart may have given more than this
 * rule would have; then the next refund is smaller, and never below 0.
 */
export function refundLine({
  sold,
  refunded,
  qtyBase,
}: {
  readonly sold: LineRefund;
  readonly refunded: LineRefund;
  readonly qtyBase: number;
}): Result<LineRefund, RefundError> {
  return refundLineAt(0, { sold, refunded, qtyBase });
}

/**
 * The refund for goods of a sale that come back together; `returnedQtyBase` is by line, 0 for what stays sold. The
 * components of a group are its cumulative refunded tax spread over the original components, less those refunded
 * before (RULES.md §1.7). With three components or more, one of them can come out at -1 in a step: largest remainder
 * does not grow evenly. `before` is what `nothingRefunded` and `addRefund` make.
 */
export function refundSale({
  sold,
  before,
  returnedQtyBase,
}: {
  readonly sold: SoldSale;
  readonly before: SaleRefund;
  readonly returnedQtyBase: readonly number[];
}): Result<SaleRefund & { readonly totalMinor: number }, RefundError> {
  const lines: LineRefund[] = [];
  for (const [line, soldLine] of sold.lines.entries()) {
    const refunded = before.lines[line] ?? NOTHING;
    const refund = refundLineAt(line, { sold: soldLine, refunded, qtyBase: returnedQtyBase[line] ?? 0 });
    if (!refund.ok) return refund;
    lines.push(refund.value);
  }
  const taxes = refundTaxes(sold, before, lines);
  return ok({ lines, taxes, totalMinor: totalOf(sold.taxMode, { lines, taxes }) });
}

/** The refund of a sale of which nothing has come back. */
export const nothingRefunded = (sold: SoldSale): SaleRefund => ({
  lines: sold.lines.map(() => NOTHING),
  taxes: sold.taxes.map(({ taxPct3, componentsMinor }) => ({
    taxPct3,
    componentsMinor: componentsMinor.map(() => 0),
  })),
});

/** Two refunds of one sale together. */
export const addRefund = (a: SaleRefund, b: SaleRefund): SaleRefund => ({
  lines: a.lines.map((line, index) => addLines(line, b.lines[index] ?? NOTHING)),
  taxes: a.taxes.map(({ taxPct3, componentsMinor }, group) => ({
    taxPct3,
    componentsMinor: componentsMinor.map(
      (minor, index) => minor + (b.taxes[group]?.componentsMinor[index] ?? 0),
    ),
  })),
});

const NOTHING: LineRefund = { qtyBase: 0, amountMinor: 0, taxMinor: 0 };

type RefundStep = { readonly sold: LineRefund; readonly refunded: LineRefund; readonly qtyBase: number };

function refundLineAt(
  line: number,
  { sold, refunded, qtyBase }: RefundStep,
): Result<LineRefund, RefundError> {
  const figures = [
    qtyBase,
    ...[sold, refunded].flatMap((part) => [part.qtyBase, part.amountMinor, part.taxMinor]),
  ];
  if (!figures.every(isWholeAmount)) return err({ code: 'bad-figure', line });
  const leftBase = Math.max(0, sold.qtyBase - refunded.qtyBase);
  if (qtyBase > leftBase) return err({ code: 'more-than-sold', line, leftBase });
  if (qtyBase === 0) return ok(NOTHING);
  const worth = (minor: number) => mulDivRound(minor, refunded.qtyBase + qtyBase, sold.qtyBase);
  return ok({
    qtyBase,
    amountMinor: Math.max(0, worth(sold.amountMinor) - refunded.amountMinor),
    taxMinor: Math.max(0, worth(sold.taxMinor) - refunded.taxMinor),
  });
}

function refundTaxes(sold: SoldSale, before: SaleRefund, now: readonly LineRefund[]): TaxRefund[] {
  const linesOf = new Map(groupByRate(sold.lines).map(({ taxPct3, indexes }) => [rateKey(taxPct3), indexes]));
  return sold.taxes.map(({ taxPct3, componentsMinor }, group) => {
    const lines = linesOf.get(rateKey(taxPct3)) ?? [];
    const taxMinor = sumMinor(
      lines.flatMap((line) => [before.lines[line]?.taxMinor ?? 0, now[line]?.taxMinor ?? 0]),
    );
    const refundedMinor = before.taxes[group]?.componentsMinor ?? [];
    const components = allocate(taxMinor, componentsMinor).map(
      (minor, index) => minor - (refundedMinor[index] ?? 0),
    );
    return { taxPct3, componentsMinor: components };
  });
}

const addLines = (a: LineRefund, b: LineRefund): LineRefund => ({
  qtyBase: a.qtyBase + b.qtyBase,
  amountMinor: a.amountMinor + b.amountMinor,
  taxMinor: a.taxMinor + b.taxMinor,
});
