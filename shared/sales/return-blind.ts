import { roundToStep, sumMinor } from '#shared/kernel/money.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import type { PlannedReturn, PlannedReturnLine } from './return.ts';
import type { ReturnPlace } from './tables-returns.ts';
import { saleTotals } from './totals.ts';
import type { TaxMode } from './totals-input.ts';

/** Goods that come back without a receipt, at today's price. `batchId` null: nobody knows the batch. */
export type BlindLine = {
  readonly packId: string;
  readonly packPriceMinor: number;
  readonly packSize: number;
  readonly taxPct3: readonly number[];
  readonly qtyBase: number;
  readonly batchId: string | null;
  readonly place: ReturnPlace;
};

export type BlindReturnError =
  | { readonly code: 'NOTHING_CHOSEN' }
  | { readonly code: 'TOO_LARGE' }
  | { readonly code: 'OVER_CAP'; readonly capMinor: number };

/** The money for a blind return: what the goods cost today, up to the store's cap, in cash (rounded) or as a voucher. */
export function planBlindReturn(
  lines: readonly BlindLine[],
  { taxMode, cashStepMinor, capMinor, as }: BlindTerms,
): Result<PlannedReturn, BlindReturnError> {
  if (lines.length === 0) return err({ code: 'NOTHING_CHOSEN' });
  const totals = saleTotals({ taxMode, lines });
  if (!totals.ok) return err({ code: 'TOO_LARGE' });
  const { totalMinor, taxes } = totals.value;
  if (totalMinor > capMinor) return err({ code: 'OVER_CAP', capMinor });
  const amountMinor = as === 'cash' ? roundToStep(totalMinor, cashStepMinor) : totalMinor;
  const planned = taxes.map((tax) => ({ ...tax, taxMinor: sumMinor(tax.componentsMinor) }));
  return ok({
    lines: lines.map((line, i) => plannedLine(line, totals.value.lines[i])),
    taxes: planned,
    taxMinor: sumMinor(planned.map((tax) => tax.taxMinor)),
    totalMinor,
    tenders: [{ kind: as, amountMinor }],
    cashRoundingMinor: amountMinor - totalMinor,
  });
}

export type BlindTerms = {
  readonly taxMode: TaxMode;
  readonly cashStepMinor: number;
  readonly capMinor: number;
  readonly as: 'cash' | 'voucher';
};

const plannedLine = (
  { qtyBase, batchId, place }: BlindLine,
  money: { readonly amountMinor: number; readonly taxMinor: number } | undefined,
): PlannedReturnLine => ({
  saleLineId: null,
  batchId,
  qtyBase,
  amountMinor: money?.amountMinor ?? 0,
  taxMinor: money?.taxMinor ?? 0,
  place,
});
