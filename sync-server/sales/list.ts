import type pg from 'pg';
import type { SaleRow } from '#shared/sales/calls.ts';

export type ListFilter = {
  readonly storeId?: string | undefined;
  readonly businessDate?: string | undefined;
  /** Where the last page ended: `saleCursor` of its last row. */
  readonly before?: string | undefined;
  readonly limit: number;
};

/** Sales by their own time, the latest first, one page at a time: what comes in between moves nothing. */
export async function listSales(
  pool: pg.Pool,
  { storeId, businessDate, before, limit }: ListFilter,
): Promise<{ rows: SaleRow[]; more: boolean }> {
  const cursor = before === undefined ? null : parseCursor(before);
  const { rows } = await pool.query<SaleRow>(
    `${SALE_ROWS}
      WHERE ($1::text IS NULL OR s.store_id = $1) AND ($2::text IS NULL OR s.business_date = $2)
        AND ($3::bigint IS NULL OR (s.at, s.id) < ($3, $4))
      ORDER BY s.at DESC, s.id DESC LIMIT $5`,
    [storeId ?? null, businessDate ?? null, cursor?.at ?? null, cursor?.id ?? null, limit + 1],
  );
  return { rows: rows.slice(0, limit), more: rows.length > limit };
}

/** The named sales that HQ has, the latest first. */
export async function salesOf(pool: pg.Pool, saleIds: readonly string[]): Promise<SaleRow[]> {
  const { rows } = await pool.query<SaleRow>(
    `${SALE_ROWS} WHERE s.id = ANY($1) ORDER BY s.at DESC, s.id DESC`,
    [saleIds],
  );
  return rows;
}

/** The place of a sale in the list. */
export const saleCursor = ({ at, saleId }: Pick<SaleRow, 'at' | 'saleId'>): string => `${at}.${saleId}`;

/** A cursor that is none starts from the top. */
function parseCursor(text: string): { at: number; id: string } | null {
  const match = /^(\d{1,16})\.(.+)$/.exec(text);
  return match ? { at: Number(match[1]), id: match[2] ?? '' } : null;
}

export const SALE_ROWS = `
  SELECT s.id AS "saleId", s.store_id AS "storeId", coalesce(st.name, '') AS "storeName", coalesce(t.name, '') AS "tillName",
         s.receipt_no AS "receiptNo", s.at, s.business_date AS "businessDate", coalesce(p.name, '') AS "cashierName",
         s.line_count AS "lineCount", s.total_minor AS "totalMinor", s.currency,
         coalesce((SELECT jsonb_agg(jsonb_build_object('kind', x.kind, 'amountMinor', x.amount_minor) ORDER BY x.line_no)
                     FROM tender x WHERE x.sale_id = s.id), '[]') AS tenders
    FROM sale s
    LEFT JOIN store st ON st.id = s.store_id
    LEFT JOIN till t ON t.id = s.till_id
    LEFT JOIN person p ON p.id = s.cashier_id`;
