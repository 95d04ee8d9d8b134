import type { InferContractRouterOutputs } from '@orpc/contract';
import type pg from 'pg';
import type { shiftHqCalls } from '#shared/sales/calls-shifts-hq.ts';

type Outputs = InferContractRouterOutputs<typeof shiftHqCalls>;
type ZRow = Outputs['zReports']['rows'][number];
type ZReport = Outputs['zReport'];

/** A shift that is open for longer was forgotten. */
const OPEN_LONG_MS = 24 * 3_600_000;

/** Z-reports by their own time, the latest first, one page at a time. */
export async function listZReports(
  pool: pg.Pool,
  {
    storeId,
    before,
    limit,
  }: {
    readonly storeId?: string | undefined;
    readonly before?: string | undefined;
    readonly limit: number;
  },
): Promise<Outputs['zReports']> {
  const cursor = /^(\d{1,16})\.(.+)$/.exec(before ?? '');
  const { rows } = await pool.query<ZRow>(
    `${Z_ROWS} WHERE ($1::text IS NULL OR c.store_id = $1) AND ($2::bigint IS NULL OR (c.at, c.id) < ($2, $3))
      ORDER BY c.at DESC, c.id DESC LIMIT $4`,
    [storeId ?? null, cursor ? Number(cursor[1]) : null, cursor?.[2] ?? null, limit + 1],
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, next: rows.length > limit && last ? `${last.at}.${last.closeId}` : null };
}

/** One Z-report with all it printed and the cash moved in its shift; null when HQ does not have it. */
export async function readZReport(pool: pg.Pool, closeId: string): Promise<ZReport | null> {
  const [head, more, movements] = await Promise.all([
    pool.query<ZRow>(`${Z_ROWS} WHERE c.id = $1`, [closeId]),
    pool.query<Omit<ZReport, keyof ZRow | 'movements'>>(Z_MORE, [closeId]),
    pool.query<ZReport['movements'][number]>(MOVEMENTS, [closeId]),
  ]);
  const [row] = head.rows;
  const [rest] = more.rows;
  return row && rest ? { ...row, ...rest, movements: movements.rows } : null;
}

/**
 * What is missing. A series begins at 1 and has no gaps at its till (tables-shift.ts), so a number below the highest
 * that has come was made and is not here: its till still has it, or has lost it.
 */
export async function shiftGaps(pool: pg.Pool, nowMs: number): Promise<Outputs['shiftGaps']> {
  const [missing, openLong] = await Promise.all([
    pool.query<Outputs['shiftGaps']['missing'][number]>(MISSING),
    pool.query<Outputs['shiftGaps']['openLong'][number]>(OPEN_LONG, [nowMs - OPEN_LONG_MS]),
  ]);
  return { missing: missing.rows, openLong: openLong.rows };
}

const Z_ROWS = `
  SELECT c.id AS "closeId", c.store_id AS "storeId", coalesce(st.code, '') AS "storeCode", coalesce(st.name, '') AS "storeName",
         coalesce(t.name, '') AS "tillName", c.z_no AS "zNo", c.at, c.business_date AS "businessDate",
         coalesce(p.name, '') AS "closedBy", c.expected, c.counted, c.variance_minor AS "varianceMinor",
         coalesce(sh.currency, st.currency, '') AS currency
    FROM shift_close c
    LEFT JOIN shift sh ON sh.id = c.shift_id
    LEFT JOIN store st ON st.id = c.store_id
    LEFT JOIN till t ON t.id = c.till_id
    LEFT JOIN person p ON p.id = c.actor_id`;

const Z_MORE = `
  SELECT sh.at AS "openedAt", coalesce(p.name, '') AS "openedBy", sh.float_minor AS "floatMinor", c.denominations,
         c.reason, c.left_minor AS "leftMinor", c.totals, c.grand_total_minor AS "grandTotalMinor",
         c.chain_head AS "chainHead"
    FROM shift_close c LEFT JOIN shift sh ON sh.id = c.shift_id LEFT JOIN person p ON p.id = sh.actor_id
   WHERE c.id = $1`;

const MOVEMENTS = `
  SELECT m.kind, m.amount_minor AS "amountMinor", m.reason, m.at, coalesce(p.name, '') AS by
    FROM shift_close c JOIN cash_movement m ON m.shift_id = c.shift_id LEFT JOIN person p ON p.id = m.actor_id
   WHERE c.id = $1 ORDER BY m.at, m.id`;

const MISSING = `
  SELECT n.store_id AS "storeId", coalesce(st.code, '') AS "storeCode", coalesce(st.name, '') AS "storeName",
         coalesce(t.name, '') AS "tillName", n.z_series AS "zSeries", n.before + 1 AS "fromN", n.z_n - 1 AS "toN"
    FROM (SELECT store_id, till_id, z_series, z_n, lag(z_n, 1, 0::bigint) OVER (PARTITION BY z_series ORDER BY z_n) AS before
            FROM (SELECT DISTINCT ON (z_series, z_n) store_id, till_id, z_series, z_n::bigint AS z_n FROM shift_close
                   ORDER BY z_series, z_n) one) n
    LEFT JOIN store st ON st.id = n.store_id LEFT JOIN till t ON t.id = n.till_id
   WHERE n.z_n > n.before + 1 ORDER BY st.code, n.z_series, n.z_n LIMIT 200`;

const OPEN_LONG = `
  SELECT sh.id AS "shiftId", sh.store_id AS "storeId", coalesce(st.code, '') AS "storeCode",
         coalesce(st.name, '') AS "storeName", coalesce(t.name, '') AS "tillName", sh.at, coalesce(p.name, '') AS "openedBy"
    FROM shift sh
    LEFT JOIN store st ON st.id = sh.store_id LEFT JOIN till t ON t.id = sh.till_id LEFT JOIN person p ON p.id = sh.actor_id
   WHERE sh.at < $1 AND NOT EXISTS (SELECT 1 FROM shift_close c WHERE c.shift_id = sh.id)
   ORDER BY sh.at LIMIT 200`;
