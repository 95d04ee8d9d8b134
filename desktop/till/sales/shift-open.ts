import type { Change } from '#shared/replica/changeset.ts';
import { receiptSeries } from '#shared/sales/receipt-number.ts';
import type { RowOf } from '#shared/schema.ts';
import type { Counter, Today } from '../counter.ts';
import type { Live } from '../live.ts';
import type { Projection } from '../store/replica.ts';

/** A shift that nobody has closed, as its row has it. */
export type OpenShift = Pick<
  RowOf<'shift'>,
  'id' | 'at' | 'businessDate' | 'actorId' | 'kind' | 'floatMinor' | 'currency'
>;

/**
 * This till's open shift: the latest that no close names. A till that replaced another has its shifts by snapshot and
 * goes on with them, because a shift belongs to the till and not to its device.
 */
export const openShift = ({ db, tillId }: Counter): OpenShift | null =>
  db
    .prepare<[string], OpenShift>(
      `SELECT id, at, business_date AS businessDate, actor_id AS actorId, kind, float_minor AS floatMinor, currency
       FROM shift s WHERE till_id = ? AND NOT EXISTS (SELECT 1 FROM shift_close c WHERE c.shift_id = s.id)
       ORDER BY at DESC, id DESC LIMIT 1`,
    )
    .get(tillId) ?? null;

/**
 * The shift a sale, a return or a movement of cash belongs to. Where none is open it is opened: `changes` go into the
 * changeset of what is being done, so that nobody at a counter is ever kept from it. Call it in that transaction.
 */
export function ensureShift(
  counter: Counter,
  actorId: string,
  today: Today,
): { readonly shiftId: string; readonly changes: readonly Change[] } {
  const open = openShift(counter);
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

/**
 * This till's last close. Within the present incarnation numbers tell the order, which a clock that was set back does
 * not; of earlier ones the times have to do.
 */
export const lastClose = (
  counter: Counter,
): Pick<RowOf<'shift_close'>, 'leftMinor' | 'grandTotalMinor'> | null =>
  counter.db
    .prepare<[string, string], Pick<RowOf<'shift_close'>, 'leftMinor' | 'grandTotalMinor'>>(
      `SELECT left_minor AS leftMinor, grand_total_minor AS grandTotalMinor FROM shift_close WHERE till_id = ?
       ORDER BY iif(z_series = ?, z_n, 0) DESC, at DESC, id DESC LIMIT 1`,
    )
    .get(counter.tillId, zSeries(counter)) ?? null;

/** `S01-T02AZ`: the series of this till's Z-reports under its present letter. */
export const zSeries = (counter: Counter): string =>
  `${receiptSeries({ storeCode: counter.shop().code, tillCode: counter.till().code, inc: counter.identity.read().inc })}Z`;

/** Tells the screens whenever a shift begins or ends, by whatever act, here or at the till this one replaced. */
export const shiftProjections = (live: Live): readonly Projection[] =>
  (['shift', 'shift_close'] as const).map((table) => ({ table, apply: () => live.changed('shift') }));
