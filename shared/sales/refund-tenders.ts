import { isWholeAmount, roundToStep, sumMinor } from '#shared/kernel/money.ts';
import { isPositiveQty } from '#shared/kernel/quantity.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';

/**
 * What one kind of tender has taken of a sale's total, and given back. For cash both are the exact parts of the total,
 * without rounding and change; what the drawer really gave back is `handedBackMinor`.
 */
export type PaidPart = { readonly kind: string; readonly paidMinor: number; readonly refundedMinor: number };

/** Money that goes back; the cash part is what is handed over. `cashRoundingMinor` = Σ parts − total of the return. */
export type RefundTenders = {
  readonly parts: readonly { readonly kind: string; readonly amountMinor: number }[];
  readonly cashRoundingMinor: number;
};

export type RefundTendersError =
  | { readonly code: 'bad-figure' }
  | { readonly code: 'more-than-paid'; readonly leftMinor: number };

/**
 * Where the money of a return goes: back to card, account, voucher (mobile counts as card), then cash, each up to what
 * it paid (RULES.md §1.7). Cash is rounded cumulatively per sale: all cash handed back so far is the rounded sum of all
 * exact cash parts, so that a sale returned in full, in any steps, gives back exactly the cash it took.
 *
 * `paid` has one part a kind, `handedBackMinor` is the cash of earlier returns. Kinds that give nothing back are left
 * out; a cash part that rounds to 0 stays in, with its rounding.
 */
export function refundTenders(refund: RefundTendersInput): Result<RefundTenders, RefundTendersError> {
  const { totalMinor, paid, cashStepMinor, handedBackMinor } = refund;
  const figures = [
    totalMinor,
    handedBackMinor,
    ...paid.flatMap((part) => [part.paidMinor, part.refundedMinor]),
  ];
  if (!figures.every(isWholeAmount) || !isPositiveQty(cashStepMinor)) return err({ code: 'bad-figure' });
  const leftMinor = sumMinor(paid.map(leftOf));
  if (totalMinor > leftMinor) return err({ code: 'more-than-paid', leftMinor });
  const parts = exactParts(totalMinor, paid).map((part) =>
    part.kind === 'cash' ? { kind: part.kind, amountMinor: cashToHandBack(part, refund) } : part,
  );
  return ok({
    parts: parts.map(({ kind, amountMinor }) => ({ kind, amountMinor })),
    cashRoundingMinor: sumMinor(parts.map((part) => part.amountMinor)) - totalMinor,
  });
}

type RefundTendersInput = {
  readonly totalMinor: number;
  readonly paid: readonly PaidPart[];
  readonly cashStepMinor: number;
  readonly handedBackMinor: number;
};

const leftOf = (part: PaidPart): number => Math.max(0, part.paidMinor - part.refundedMinor);

/** The return's total over the kinds in their order, without the parts that get nothing. */
function exactParts(totalMinor: number, paid: readonly PaidPart[]) {
  let restMinor = totalMinor;
  const parts = [];
  for (const part of paid.toSorted((a, b) => refundOrder(a.kind) - refundOrder(b.kind))) {
    const amountMinor = Math.min(restMinor, leftOf(part));
    restMinor -= amountMinor;
    if (amountMinor > 0) parts.push({ kind: part.kind, amountMinor, refundedMinor: part.refundedMinor });
  }
  return parts;
}

/** Never below 0: counters that refunded one sale while apart may have handed back more than the rule gives. */
const cashToHandBack = (
  part: { readonly amountMinor: number; readonly refundedMinor: number },
  { cashStepMinor, handedBackMinor }: RefundTendersInput,
): number => Math.max(0, roundToStep(part.refundedMinor + part.amountMinor, cashStepMinor) - handedBackMinor);

const REFUND_ORDER = ['card', 'mobile', 'account', 'voucher'];
/** Kinds not named come after those named; cash is always last. */
const refundOrder = (kind: string): number => {
  if (kind === 'cash') return REFUND_ORDER.length + 1;
  const place = REFUND_ORDER.indexOf(kind);
  return place === -1 ? REFUND_ORDER.length : place;
};
