import type { Change } from '#shared/replica/changeset.ts';
import { receiptSeries } from '#shared/sales/receipt-number.ts';
import type { RowOf } from '#shared/schema.ts';
import type { Counter, Today } from '../counter.ts';
import type { Live } from '../live.ts';
import type { LastClose } from '../store/read-shifts.ts';
import type { Projection } from '../store/replica.ts';

/**
 * The shift a sale, a return or a movement of cash belongs to. Where none is open it is opened: `changes` go into the
 * changeset of what is being done, so that nobody at a counter is ever kept from it. Call it in that transaction.
 */
export function ensureShift(
  counter: Counter,
  actorId: string,
  today: Today,
): { readonly shiftId: string; readonly changes: readonly Change[] } {
  const open = counter.shifts.open();
  if (open) return { shiftId: open.id, changes: [] };
  const row = newShift(counter, { actorId, today, kind: 'automatic', floatMinor: leftInDrawer(counter) });
  return { shiftId: row.id, changes: [{ t: 'shift', op: 'insert', row }] };
}

/** A shift that begins now; the caller records it. */
export function newShift(
  counter: Counter,
  { actorId, today, ...how }: { actorId: string; today: Today } & Pick<RowOf<'shift'>, 'kind' | 'floatMinor'>,
): RowOf<'shift'> {
  const { ids, storeId, tillId } = counter;
  return {
    ...{ id: ids.next(), storeId, tillId, at: today.nowMs, businessDate: today.business, actorId },
    ...{ ...how, currency: counter.shop().currency },
  };
}

/** What the last close left in the drawer, in minor units; 0 where nothing was ever counted. */
export const leftInDrawer = (counter: Counter): number => lastClose(counter)?.leftMinor ?? 0;

export const lastClose = (counter: Counter): LastClose | null => counter.shifts.lastClose(zSeries(counter));

/** `S01-T02AZ`: the series of this till's Z-reports under its present letter. */
export const zSeries = (counter: Counter): string =>
  `${receiptSeries({ storeCode: counter.shop().code, tillCode: counter.till().code, inc: counter.identity.read().inc })}Z`;

/** Tells the screens whenever a shift begins or ends, by whatever act, here or at the till this one replaced. */
export const shiftProjections = (live: Live): readonly Projection[] =>
  (['shift', 'shift_close'] as const).map((table) => ({ table, apply: () => live.changed('shift') }));
