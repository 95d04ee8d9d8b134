import type pg from 'pg';
import type { SaleDetail } from './get.ts';

type Facts = Pick<SaleDetail, 'hasCustomer' | 'shift' | 'discounts' | 'returns'>;

/** What belongs to a sale beside its receipt: its shift, why it cost less, what came back of it. */
export async function readSaleFacts(pool: pg.Pool, saleId: string): Promise<Facts> {
  const [head, discounts, returns] = await Promise.all([
    pool.query<Pick<Facts, 'hasCustomer' | 'shift'>>(HEAD, [saleId]),
    pool.query<Facts['discounts'][number]>(DISCOUNTS, [saleId]),
    pool.query<Facts['returns'][number]>(RETURNS, [saleId]),
  ]);
  const { hasCustomer = false, shift = null } = head.rows[0] ?? {};
  return { hasCustomer, shift, discounts: discounts.rows, returns: returns.rows };
}

const HEAD = `
  SELECT s.customer_id IS NOT NULL AS "hasCustomer",
         CASE WHEN s.shift_id IS NOT NULL
              THEN jsonb_build_object('shiftId', s.shift_id, 'closeId', c.id, 'zNo', c.z_no) END AS shift
    FROM sale s
    LEFT JOIN LATERAL (SELECT id, z_no FROM shift_close WHERE shift_id = s.shift_id ORDER BY at, id LIMIT 1) c ON true
   WHERE s.id = $1`;

const DISCOUNTS = `
  SELECT d.kind, l.line_no AS "lineNo", o.name AS "offerName", d.amount_minor AS "amountMinor", d.reason,
         coalesce(p.name, d.authorised_by) AS "authorisedBy"
    FROM discount_note d
    LEFT JOIN sale_line l ON l.id = d.sale_line_id
    LEFT JOIN offer o ON o.id = d.offer_id
    LEFT JOIN person p ON p.id = d.authorised_by
   WHERE d.sale_id = $1 ORDER BY l.line_no NULLS LAST, d.id`;

const RETURNS = `
  SELECT r.id AS "returnId", r.return_no AS "returnNo", r.kind, r.at, coalesce(p.name, '') AS by, r.reason,
         r.total_minor AS "totalMinor"
    FROM sale_return r LEFT JOIN person p ON p.id = r.cashier_id
   WHERE r.sale_id = $1 ORDER BY r.at, r.id`;
