import { isSoldByWeight } from '#shared/catalog/weighed-sale.ts';
import { addDays, diffDays, type PlainDate, plainDate } from '#shared/kernel/calendar.ts';
import type { ExpiringBatch } from '#shared/reports/figures.ts';
import type { Counter } from '../counter.ts';

type Wanted = { readonly on: PlainDate; readonly withinDays: number; readonly breathe: () => Promise<void> };

/** Batches looked at in one go: about a millisecond. */
const BATCHES = 500;

/**
 * Batches on the shelf that expire within so many days of a date, or have expired. There is no index on expiry, so all
 * that is on hand is looked over, a piece at a time.
 */
export function createExpiringReader({ db, storeId }: Pick<Counter, 'db' | 'storeId'>) {
  const piece = db.prepare<[string, number], { last: string | null }>(
    `SELECT max(batch_id) AS last FROM (SELECT batch_id FROM on_hand WHERE batch_id > ? ORDER BY batch_id LIMIT ?)`,
  );
  const expiring = db.prepare<[Piece], Row>(
    `SELECT coalesce(m.brand, '') AS name, b.code, b.expires_on AS expiresOn, h.qty_base AS qtyBase,
            coalesce(p.pack_size, 1) AS packSize, coalesce(p.base_unit, '') AS baseUnit, coalesce(p.breakable, 0) AS breakable,
            b.cost_minor AS costMinor, b.cost_qty_base AS costQtyBase
     FROM on_hand h CROSS JOIN batch b ON b.id = h.batch_id
       LEFT JOIN pack p ON p.id = b.pack_id LEFT JOIN medicine m ON m.id = p.medicine_id
     WHERE h.batch_id > :after AND h.batch_id <= :last AND h.qty_base > 0
       AND b.store_id = :storeId AND b.expires_on <= :until AND NOT b.deleted`,
  );
  return async ({ on, withinDays, breathe }: Wanted): Promise<ExpiringBatch[]> => {
    const until = addDays(on, withinDays);
    const found: ExpiringBatch[] = [];
    for (let after = ''; ; ) {
      const last = piece.get(after, BATCHES)?.last ?? null;
      if (last === null) return found;
      for (const { baseUnit, breakable, ...row } of expiring.all({ after, last, storeId, until })) {
        const weighed = isSoldByWeight({ baseUnit, breakable: breakable === 1 });
        found.push({ ...row, weighed, daysLeft: diffDays(on, plainDate(row.expiresOn)) });
      }
      after = last;
      await breathe();
    }
  };
}

type Piece = {
  readonly after: string;
  readonly last: string;
  readonly storeId: string;
  readonly until: string;
};
type Row = Omit<ExpiringBatch, 'daysLeft' | 'weighed'> & {
  readonly baseUnit: string;
  readonly breakable: number;
};
