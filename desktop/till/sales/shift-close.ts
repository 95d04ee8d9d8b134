import type { Session } from '#shared/auth/calls.ts';
import { sumMinor } from '#shared/kernel/money.ts';
import type { ShiftCount } from '#shared/sales/calls-shift.ts';
import { receiptNumber } from '#shared/sales/receipt-number.ts';
import { closingNeeds, usualFloat } from '#shared/sales/shift-close.ts';
import { compareCount, type ShiftFigures } from '#shared/sales/shift-totals.ts';
import type { ByTender } from '#shared/sales/tables-shift.ts';
import type { RowOf } from '#shared/schema.ts';
import type { Counter, Today } from '../counter.ts';
import type { OpenShift } from '../store/read-shifts.ts';
import { lastClose, zSeries } from './shift-open.ts';

/** A count by means of payment; cash always, the others where somebody counted them. */
export function countedOf({ denominations, otherCashMinor, others }: ShiftCount): ByTender {
  const pieces = denominations.map(({ minor, count }) => minor * count);
  const kinds = [...new Set(others.map(({ kind }) => kind))];
  return [
    { kind: 'cash', amountMinor: sumMinor([...pieces, otherCashMinor]) },
    ...kinds.map((kind) => ({
      kind,
      amountMinor: sumMinor(others.filter((one) => one.kind === kind).map((one) => one.amountMinor)),
    })),
  ];
}

export const cashIn = (counted: ByTender): number =>
  sumMinor(counted.map(({ kind, amountMinor }) => (kind === 'cash' ? amountMinor : 0)));

/** A count held against the books, and what the store's rules ask of who closes with it. */
export function compareWith(
  counter: Counter,
  {
    shift,
    figures,
    closer,
    counted,
  }: { shift: OpenShift; figures: ShiftFigures; closer: Session; counted: ByTender },
) {
  const { tenders, varianceMinor, worstMinor } = compareCount(figures.expected, counted);
  const needs = closingNeeds({
    closerId: closer.personId,
    openedById: shift.actorId,
    rights: new Set(closer.permissions),
    worstMinor,
    limitMinor: counter.setting('sales.shift-variance-limit'),
    pinOverLimit: counter.setting('sales.shift-variance-pin'),
  });
  const leftMinor = usualFloat(shift.floatMinor, cashIn(counted));
  return {
    tenders: [...tenders],
    varianceMinor,
    needsReason: needs.reason,
    needsRight: needs.right,
    leftMinor,
  };
}

type Closing = {
  readonly shift: OpenShift;
  readonly figures: ShiftFigures;
  readonly count: ShiftCount;
  readonly varianceMinor: number;
  readonly closerId: string;
  readonly reason: string | null;
  readonly leftMinor: number;
  readonly grandTotalMinor: number;
  readonly today: Today;
};

/** The row that ends a shift: its Z-report. Takes the Z number: call it in the transaction that records it. */
export function closeRow(counter: Counter, closing: Closing): RowOf<'shift_close'> {
  const { shift, figures, count, today } = closing;
  const series = zSeries(counter);
  const n = counter.nextNumber(series);
  const { totals, expected } = figures;
  return {
    ...{ id: counter.ids.next(), storeId: counter.storeId, tillId: counter.tillId, shiftId: shift.id },
    ...{ zNo: receiptNumber(series, n), zSeries: series, zN: n },
    ...{ at: today.nowMs, businessDate: today.business, actorId: closing.closerId },
    ...{
      expected,
      counted: countedOf(count),
      denominations: count.denominations.filter((one) => one.count > 0),
    },
    ...{ varianceMinor: closing.varianceMinor, reason: closing.reason, leftMinor: closing.leftMinor, totals },
    grandTotalMinor: closing.grandTotalMinor,
    chainHead: counter.identity.read().headHash,
  };
}

/** All this till has sold less all it took back, this shift included: it goes on from the last close for ever. */
export const grandTotalWith = (
  counter: Counter,
  { totals }: ShiftFigures,
  soldUntilFirstClose: () => number,
): number => {
  const last = lastClose(counter);
  return last ? last.grandTotalMinor + totals.salesMinor - totals.returnsMinor : soldUntilFirstClose();
};
