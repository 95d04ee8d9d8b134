import { isWholeAmount, roundToStep, sumMinor } from '#shared/kernel/money.ts';
import { isPositiveQty } from '#shared/kernel/quantity.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';

/** A means of payment and what was handed over by it; only the kind `cash` is rounded and gives change. */
export type TenderInput = { readonly kind: string; readonly amountMinor: number };

/** What remains to be paid in cash: a multiple of the currency's cash step; rounding is due − remainder. */
export type CashDue = { readonly cashDueMinor: number; readonly cashRoundingMinor: number };

/** Why tenders do not settle a sale. Amounts are what is missing, or what is too much without change. */
export type SettleError =
  | { readonly code: 'bad-figure'; readonly field: 'totalMinor' | 'tenders' | 'cashStepMinor' }
  | { readonly code: 'under-paid'; readonly missingMinor: number }
  | { readonly code: 'over-paid-without-cash'; readonly excessMinor: number };

/** A settled sale: Σ tenders − change = total + cash rounding (RULES.md §1.6). */
export type Settlement = {
  readonly changeMinor: number;
  /** 0 where nothing is paid in cash. */
  readonly cashRoundingMinor: number;
  /** The cash that stays in the drawer: tendered less change. */
  readonly cashKeptMinor: number;
};

/**
 * The cash due beside other tenders: total less what they paid, rounded to the cash step (RULES.md §1.5). Example:
 * 56.79 with 55.06 by card and a step of 0.05 leaves 1.73, so 1.75 in cash and a rounding of 0.02.
 */
export function cashDue({
  totalMinor,
  otherTendersMinor,
  cashStepMinor,
}: {
  readonly totalMinor: number;
  readonly otherTendersMinor: number;
  readonly cashStepMinor: number;
}): Result<CashDue, SettleError> {
  if (!isWholeAmount(totalMinor)) return err({ code: 'bad-figure', field: 'totalMinor' });
  if (!isWholeAmount(otherTendersMinor)) return err({ code: 'bad-figure', field: 'tenders' });
  if (!isPositiveQty(cashStepMinor)) return err({ code: 'bad-figure', field: 'cashStepMinor' });
  const restMinor = totalMinor - otherTendersMinor;
  if (restMinor < 0) return err({ code: 'over-paid-without-cash', excessMinor: -restMinor });
  const cashDueMinor = roundToStep(restMinor, cashStepMinor);
  // Next to the top of the safe range, rounding up can leave it.
  if (!Number.isSafeInteger(cashDueMinor)) return err({ code: 'bad-figure', field: 'totalMinor' });
  return ok({ cashDueMinor, cashRoundingMinor: cashDueMinor - restMinor });
}

/**
 * Settles a sale with its tenders. Change comes out of cash alone, so other tenders may never exceed the total. A
 * remainder that rounds to nothing still needs a cash tender (of 0): rounding exists only where cash is paid.
 */
export function settle({
  totalMinor,
  tenders,
  cashStepMinor,
}: {
  readonly totalMinor: number;
  readonly tenders: readonly TenderInput[];
  readonly cashStepMinor: number;
}): Result<Settlement, SettleError> {
  const paid = paidBy(tenders);
  if (paid === null) return err({ code: 'bad-figure', field: 'tenders' });
  const due = cashDue({ totalMinor, otherTendersMinor: paid.otherMinor, cashStepMinor });
  if (!due.ok) return due;
  if (!paid.hasCash) {
    const missingMinor = totalMinor - paid.otherMinor;
    if (missingMinor > 0) return err({ code: 'under-paid', missingMinor });
    return ok({ changeMinor: 0, cashRoundingMinor: 0, cashKeptMinor: 0 });
  }
  const { cashDueMinor, cashRoundingMinor } = due.value;
  const changeMinor = paid.cashMinor - cashDueMinor;
  if (changeMinor < 0) return err({ code: 'under-paid', missingMinor: -changeMinor });
  return ok({ changeMinor, cashRoundingMinor, cashKeptMinor: cashDueMinor });
}

function paidBy(tenders: readonly TenderInput[]) {
  const total = tenders.reduce((sum, tender) => sum + tender.amountMinor, 0);
  if (!tenders.every((tender) => isWholeAmount(tender.amountMinor)) || !isWholeAmount(total)) return null;
  const cash = tenders.filter((tender) => tender.kind === 'cash');
  const cashMinor = sumMinor(cash.map((tender) => tender.amountMinor));
  return { cashMinor, otherMinor: total - cashMinor, hasCash: cash.length > 0 };
}
