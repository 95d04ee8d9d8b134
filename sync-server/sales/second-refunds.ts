import { createHash } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { idOfName } from '#shared/kernel/ids.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { businessDate } from '#shared/kernel/zone.ts';
import type { SecondRefundView, StoreSecondRefund } from '#shared/sales/calls-second-refunds.ts';
import { secondRefundSettled, secondRefunds, settlingName } from '#shared/sales/second-refund.ts';
import type { RowOf } from '#shared/schema.ts';
import { inTransaction } from '../store/pool.ts';

import { writeChanges } from '../store/writer.ts';

const sha256 = (text: string): Uint8Array => createHash('sha256').update(text).digest();

/** What a page shows; the rest comes up as these are settled. */
const MOST = 200;

/** Who at HQ, and when (UTC ms). */
type By = { readonly actor: string; readonly nowMs: number };
type Settling = { readonly saleId: string; readonly overBase: number; readonly note: string };
export type SettleProblem =
  | { readonly code: 'NOT_FOUND' }
  | { readonly code: 'CHANGED'; readonly overBase: number };

/**
 * What came back twice in all stores and nobody has settled, the last first. Intake flags such returns; what has to be done
 * about them is a fold over the facts, and what a till settles takes its flags away.
 */
export async function listSecondRefunds(pool: Pool): Promise<StoreSecondRefund[]> {
  const { rows: flagged } = await pool.query<Flagged>(FLAGGED, [MOST]);
  return readSecondRefunds(pool, flagged);
}

/** A person at HQ has looked at it: their note goes to the store's tills, and the flags are gone. */
export function settleSecondRefund(
  pool: Pool,
  { saleId, overBase, note }: Settling,
  { actor, nowMs }: By,
): Promise<Result<null, SettleProblem>> {
  return inTransaction(pool, async (client) => {
    await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('second refund ' || $1, 0))`, [saleId]);
    const { rows: flagged } = await client.query<Flagged>(
      `${FLAGS_OF_SALES} WHERE s.id = $1 GROUP BY s.id, st.id`,
      [saleId],
    );
    const [task] = await readSecondRefunds(client, flagged);
    const [sale] = flagged;
    if (!task || !sale) return err({ code: 'NOT_FOUND' });
    if (task.overBase !== overBase) return err({ code: 'CHANGED', overBase: task.overBase });
    const { receiptNo, storeId } = task;
    await client.query(REVIEWED, [receiptNo, nowMs, actor]);
    const audit: RowOf<'audit_entry'> = {
      ...{ id: idOfName(sha256, settlingName(saleId, overBase, 'hq')), storeId, tillId: null, at: nowMs },
      ...{ businessDate: businessDate(nowMs, sale.zone, sale.dayStartHour), actorId: actor },
      ...{ action: secondRefundSettled, subjectId: saleId, reason: note, details: { receiptNo, overBase } },
    };
    await writeChanges(client, { actor, type: 'quarantine' }, [
      { t: 'audit_entry', op: 'insert', row: audit },
    ]);
    return ok(null);
  });
}

/** Flags of second refunds that were settled at a till, whose entry has just come. */
export const reviewSettled = (
  client: PoolClient,
  { receiptNo, nowMs, actor }: { readonly receiptNo: string; readonly nowMs: number; readonly actor: string },
): Promise<unknown> => client.query(REVIEWED, [receiptNo, nowMs, actor]);

async function readSecondRefunds(
  client: Pool | PoolClient,
  flagged: readonly Flagged[],
): Promise<StoreSecondRefund[]> {
  const saleIds = flagged.map(({ saleId }) => saleId);
  if (saleIds.length === 0) return [];
  const { rows: sold } = await client.query<Sold>(SOLD, [saleIds]);
  const { rows: back } = await client.query<Back>(BACK, [saleIds]);
  const { rows: returns } = await client.query<Returned>(RETURNS, [saleIds]);
  const tasks = new Map(secondRefunds(sold, back, () => false).map((task) => [task.saleId, task]));
  return flagged.flatMap(({ zone: _, dayStartHour: __, ...sale }) => {
    const task = tasks.get(sale.saleId);
    if (!task) return [];
    const own = returns.filter(({ saleId }) => saleId === sale.saleId);
    return [
      {
        ...{ ...sale, overBase: task.overBase, lines: [...task.lines] },
        returns: own.map(({ saleId: _, ...one }) => one),
      },
    ];
  });
}

type Flagged = Pick<StoreSecondRefund, 'saleId' | 'receiptNo' | 'soldAt' | 'storeId' | 'storeName' | 'at'> & {
  readonly zone: string;
  readonly dayStartHour: number;
};
type Sold = Parameters<typeof secondRefunds>[0][number];
type Back = { readonly saleLineId: string; readonly qtyBase: number };
type Returned = SecondRefundView['returns'][number] & { readonly saleId: string };

/** Open flags by the receipt they name, whose number finds the sale by its index. */
const FLAGS_OF_SALES = `
  SELECT s.id AS "saleId", s.receipt_no AS "receiptNo", s.at AS "soldAt", st.id AS "storeId", st.name AS "storeName",
         st.zone, st.day_start_hour AS "dayStartHour", max(f.at) AS at
    FROM (SELECT at, split_part(detail, ' ', 2) AS receipt FROM flag
           WHERE reason = 'RETURNED_TWICE' AND reviewed_at IS NULL) AS f
    JOIN sale s ON s.receipt_series = regexp_replace(f.receipt, '-[0-9]+$', '')
               AND s.receipt_n = substring(f.receipt FROM '[0-9]+$')::bigint
    JOIN store st ON st.id = s.store_id`;
const FLAGGED = `${FLAGS_OF_SALES} GROUP BY s.id, st.id ORDER BY max(f.at) DESC, s.id LIMIT $1`;

const SOLD = `
  SELECT l.sale_id AS "saleId", l.id AS "saleLineId", l.name, l.pack_size AS "packSize", l.base_unit AS "baseUnit",
         coalesce(p.breakable, false) AS breakable, l.qty_base AS "qtyBase"
    FROM sale_line l LEFT JOIN pack p ON p.id = l.pack_id
   WHERE l.sale_id = ANY ($1::text[]) ORDER BY l.sale_id, l.line_no`;
const BACK = `
  SELECT r.sale_line_id AS "saleLineId", r.qty_base AS "qtyBase"
    FROM sale_line l JOIN sale_return_line r ON r.sale_line_id = l.id WHERE l.sale_id = ANY ($1::text[])`;
const RETURNS = `
  SELECT r.sale_id AS "saleId", r.id AS "returnId", r.return_no AS "returnNo", r.at, r.total_minor AS "totalMinor",
         coalesce(t.name, '') AS "tillName", coalesce(p.name, '') AS "cashierName"
    FROM sale_return r LEFT JOIN till t ON t.id = r.till_id LEFT JOIN person p ON p.id = r.cashier_id
   WHERE r.sale_id = ANY ($1::text[]) ORDER BY r.at, r.id`;

const REVIEWED = `
  UPDATE flag SET reviewed_at = $2, reviewed_by = $3
   WHERE reason = 'RETURNED_TWICE' AND reviewed_at IS NULL AND split_part(detail, ' ', 2) = $1`;
