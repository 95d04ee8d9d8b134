import { refundTenders } from './refund-tenders.ts';
import type { MadeReturn, PlannedReturn, ReturnableSale, TenderPart } from './return.ts';
import { paidParts } from './return-paid.ts';
import { tenderKinds } from './tender-kinds.ts';

/**
 * The money of a return that pays the next sale: as much as that sale costs goes to it as `exchange`, the rest goes back
 * as any refund does. Only the rest is rounded, and only where it is cash.
 */
export function exchangeTenders(
  planned: PlannedReturn,
  { sale, earlier, payMinor, cashStepMinor }: ExchangeTerms,
): Pick<PlannedReturn, 'tenders' | 'cashRoundingMinor'> {
  const exchangedMinor = Math.min(planned.totalMinor, payMinor);
  const exchange: readonly TenderPart[] = [{ kind: 'exchange', amountMinor: exchangedMinor }];
  const restMinor = planned.totalMinor - exchangedMinor;
  if (restMinor === 0) return { tenders: exchange, cashRoundingMinor: 0 };
  const before = [...earlier, { totalMinor: exchangedMinor, tenders: exchange }];
  const rest = refundTenders({ totalMinor: restMinor, cashStepMinor, ...paidParts(sale, before) });
  if (!rest.ok) throw new RangeError('what a planned return gives back was paid');
  const parts = rest.value.parts.flatMap(({ kind, amountMinor }) => {
    const known = tenderKinds.find((one) => one === kind);
    return known ? [{ kind: known, amountMinor }] : [];
  });
  return { tenders: [...exchange, ...parts], cashRoundingMinor: rest.value.cashRoundingMinor };
}

export type ExchangeTerms = {
  readonly sale: ReturnableSale;
  readonly earlier: readonly MadeReturn[];
  /** What the next sale costs. */
  readonly payMinor: number;
  readonly cashStepMinor: number;
};
