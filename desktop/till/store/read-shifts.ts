import type { Database } from 'better-sqlite3';
import type { RowOf } from '#shared/schema.ts';

/** A shift that nobody has closed, as its row has it. */
export type OpenShift = Pick<
  RowOf<'shift'>,
  'id' | 'at' | 'businessDate' | 'actorId' | 'kind' | 'floatMinor' | 'currency'
>;

/** What a close leaves to the next: cash in the drawer, and all this till ever sold less all it took back; minor units. */
export type LastClose = Pick<RowOf<'shift_close'>, 'leftMinor' | 'grandTotalMinor'>;

/** The shifts of this till: every sale asks for the open one. */
export function createShiftReader(db: Database, tillId: string) {
  const open = db.prepare<[string], OpenShift>(
    `SELECT id, at, business_date AS businessDate, actor_id AS actorId, kind, float_minor AS floatMinor, currency
     FROM shift s WHERE till_id = ? AND NOT EXISTS (SELECT 1 FROM shift_close c WHERE c.shift_id = s.id)
     ORDER BY at DESC, id DESC LIMIT 1`,
  );
  const lastClose = db.prepare<[string, string], LastClose>(
    `SELECT left_minor AS leftMinor, grand_total_minor AS grandTotalMinor FROM shift_close WHERE till_id = ?
     ORDER BY iif(z_series = ?, z_n, 0) DESC, at DESC, id DESC LIMIT 1`,
  );
  return {
    /**
     * The latest that no close names. A till that replaced another has its shifts by snapshot and goes on with them,
     * because a shift belongs to the till and not to its device.
     */
    open: (): OpenShift | null => open.get(tillId) ?? null,
    /**
     * Within a series of Z-reports, the present incarnation's, numbers tell the order, which a clock that was set back
     * does not; of earlier ones the times have to do.
     */
    lastClose: (zSeries: string): LastClose | null => lastClose.get(tillId, zSeries) ?? null,
  };
}
