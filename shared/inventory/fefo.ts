import { compareDates, type PlainDate } from '#shared/kernel/calendar.ts';
import { isWholeAmount } from '#shared/kernel/money.ts';
import { compareCodePoints } from '#shared/kernel/text.ts';
import { firstAllowedExpiry } from './expiry.ts';

/** State of a batch: a fold over its decisions. Expiry is no state, it is computed. */
export type BatchStatus = 'sellable' | 'quarantined' | 'recalled';

/** What FEFO looks at. `receivedAt` in UTC ms; `onHandBase` is the sum of movements and can be below 0. */
export type FefoBatch = {
  readonly batchId: string;
  /** Normalised (batch.ts). */
  readonly code: string;
  readonly expiresOn: PlainDate;
  readonly receivedAt: number;
  readonly status: BatchStatus;
  readonly onHandBase: number;
};

/**
 * Why a batch gives nothing. The first four forbid its sale; `none-on-hand` only says that the books are empty: what is
 * in the customer's hand can still be sold from it (RULES.md §2).
 */
export type SkipReason = 'recalled' | 'quarantined' | 'expired' | 'short-life' | 'none-on-hand';

export type FefoAllocation = { readonly batchId: string; readonly code: string; readonly qtyBase: number };

export type FefoResult = {
  /** In FEFO order, each above 0. */
  readonly allocations: readonly FefoAllocation[];
  /** What the shelves could not give. */
  readonly shortBase: number;
  /** Every batch that could give nothing, in FEFO order; one that was merely not needed is not here. */
  readonly skipped: readonly {
    readonly batchId: string;
    readonly code: string;
    readonly reason: SkipReason;
  }[];
};

/** The day of the sale: the **local calendar date** in the store's zone, and the days that must remain. */
export type SaleDay = { readonly on: PlainDate; readonly minShelfLifeDays: number };

/**
 * First expired, first out (RULES.md §2): of the batches that may be sold and are on hand, the one that expires first
 * gives first, then the one received first, then by code; the quantity is split over as many as it takes.
 *
 * Example: 40 tablets wanted on 2027-03-10, no shelf life asked for beyond the day itself.
 *
 *     code   expires      status       on hand
 *     A1     2027-03-09   sellable     30        skipped: expired (the 9th was its last day)
 *     B2     2027-03-10   sellable     12        gives 12: may be sold on its expiry date
 *     C3     2027-05-31   quarantined  60        skipped: quarantined
 *     D4     2027-06-30   sellable     -3        skipped: none-on-hand
 *     E5     2027-08-31   sellable     50        gives 28 of its 50
 *     F6     2027-09-30   sellable     90        not needed
 *
 * → allocations B2 12, E5 28; short 0. With a `minShelfLifeDays` of 30, B2 is skipped as short-life and E5 gives 40.
 *
 * RangeError when `wantBase` is no whole quantity: what people type is refused before it comes here.
 */
export function allocateFefo({
  batches,
  wantBase,
  ...day
}: SaleDay & {
  readonly batches: readonly FefoBatch[];
  readonly wantBase: number;
}): FefoResult {
  if (!isWholeAmount(wantBase)) throw new RangeError(`not a quantity: ${wantBase}`);
  const reasonOf = skipReasons(day);
  const allocations: FefoAllocation[] = [];
  const skipped = [];
  let shortBase = wantBase;
  for (const batch of batches.toSorted(fefoOrder)) {
    const { batchId, code } = batch;
    const reason = reasonOf(batch);
    if (reason !== null) {
      skipped.push({ batchId, code, reason });
    } else if (shortBase > 0) {
      const qtyBase = Math.min(shortBase, batch.onHandBase);
      allocations.push({ batchId, code, qtyBase });
      shortBase -= qtyBase;
    }
  }
  return { allocations, shortBase, skipped };
}

/** Why FEFO gives nothing of a batch on a day; null when it may be sold and is on hand. */
export const skipReason = (batch: FefoBatch, day: SaleDay): SkipReason | null => skipReasons(day)(batch);

/**
 * Whether a batch may be handed over on a day whatever the books say: what is in the customer's hand can be sold, but
 * never expired, recalled or quarantined stock, by any path (RULES.md §2).
 */
export function isSellableOn(batch: Pick<FefoBatch, 'status' | 'expiresOn'>, day: SaleDay): boolean {
  return forbiddenReason(batch, day.on, firstAllowedExpiry(day.on, day.minShelfLifeDays)) === null;
}

/** The order of FEFO; the id decides between batches equal in all else, so that every till chooses the same. */
export const fefoOrder = (a: FefoBatch, b: FefoBatch): number =>
  compareDates(a.expiresOn, b.expiresOn) ||
  a.receivedAt - b.receivedAt ||
  compareCodePoints(a.code, b.code) ||
  compareCodePoints(a.batchId, b.batchId);

function skipReasons({ on, minShelfLifeDays }: SaleDay): (batch: FefoBatch) => SkipReason | null {
  const earliest = firstAllowedExpiry(on, minShelfLifeDays);
  return (batch) => forbiddenReason(batch, on, earliest) ?? (batch.onHandBase > 0 ? null : 'none-on-hand');
}

/** A person's decision is told before what the calendar says. */
function forbiddenReason(
  batch: Pick<FefoBatch, 'status' | 'expiresOn'>,
  on: PlainDate,
  earliest: PlainDate,
): SkipReason | null {
  if (batch.status !== 'sellable') return batch.status;
  if (batch.expiresOn < on) return 'expired';
  return batch.expiresOn < earliest ? 'short-life' : null;
}
