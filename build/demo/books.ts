import { readFileSync } from 'node:fs';
import pg from 'pg';
import type { DayTotals } from '#shared/sales/calls.ts';

/** Figures of one store and business date, in one form whoever counted them: by what, how much. */
export type Figures = ReadonlyMap<string, number>;

/** A day's totals as figures: one for each sum, tax rate and tender. */
export function figuresOf(totals: readonly DayTotals[]): Figures {
  const figures = new Map<string, number>();
  const add = (what: string, amount: number) => figures.set(what, (figures.get(what) ?? 0) + amount);
  for (const day of totals) {
    add('sales', day.sales);
    add('total', day.totalMinor);
    add('tax', day.taxMinor);
    add('discount', day.discountMinor);
    add('cash rounding', day.cashRoundingMinor);
    for (const { taxPct3, baseMinor, taxMinor } of day.taxes) {
      add(`net at ${rateName(taxPct3)}`, baseMinor);
      add(`tax at ${rateName(taxPct3)}`, taxMinor);
    }
    for (const { kind, amountMinor } of day.tenders) add(`by ${kind}`, amountMinor);
  }
  return figures;
}

const rateName = (pct3: readonly number[]): string => pct3.map((one) => `${one / 1000} %`).join(' + ');

/** What differs between two counts of the same, one sentence each. */
export function differences(a: Figures, b: Figures): string[] {
  return [...new Set([...a.keys(), ...b.keys()])]
    .filter((what) => (a.get(what) ?? 0) !== (b.get(what) ?? 0))
    .map((what) => `${what}: ${a.get(what) ?? 0} and ${b.get(what) ?? 0}`);
}

/** HQ's database read directly, past all of HQ's code: a count by other means. */
export async function openBooks(postgresLock: string) {
  // Postgres writes its port on the fourth line of its lock file.
  const port = Number(readFileSync(postgresLock, 'utf8').split('\n')[3]);
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'pestle',
    password: 'pestle',
    database: 'pestle',
  });
  await client.connect();
  const all = async <T extends pg.QueryResultRow>(sql: string, ...values: readonly unknown[]): Promise<T[]> =>
    (await client.query<T>(sql, [...values])).rows;
  return {
    close: () => client.end(),
    /** Figures of a store's day from the lines, taxes and tenders of its sales. */
    async day(storeId: string, businessDate: string): Promise<Figures> {
      const rows = await all<{ what: string; pct3: number[] | null; amount: string }>(
        DAY,
        storeId,
        businessDate,
      );
      return new Map(
        rows.map(({ what, pct3, amount }) => [pct3 ? `${what} ${rateName(pct3)}` : what, Number(amount)]),
      );
    },
    /** The sales of a till since an instant, oldest first. */
    sales: (since: number) =>
      all<{ id: string; series: string; n: number; totalMinor: number }>(
        `SELECT id, receipt_series AS series, receipt_n::int AS n, total_minor::int AS "totalMinor"
           FROM sale WHERE at >= $1 ORDER BY receipt_series, receipt_n`,
        since,
      ),
    /** On hand of a store by batch: HQ's running sum, and the movements summed up again. */
    onHand: (storeId: string) =>
      all<{ batchId: string; packId: string; kept: number; counted: number }>(ON_HAND, storeId),
  };
}

const DAY = `
  WITH day AS (SELECT * FROM sale WHERE store_id = $1 AND business_date = $2),
  line AS (SELECT l.* FROM sale_line l JOIN day ON day.id = l.sale_id),
  tax AS (SELECT x.* FROM sale_tax x JOIN day ON day.id = x.sale_id)
  SELECT 'sales' AS what, NULL::jsonb AS pct3, count(*) AS amount FROM day
  UNION ALL SELECT 'total', NULL, coalesce(sum(amount_minor), 0) FROM line
  UNION ALL SELECT 'tax', NULL, coalesce(sum(tax_minor), 0) FROM line
  UNION ALL SELECT 'discount', NULL, coalesce(sum(line_discount_minor + cart_discount_minor), 0) FROM line
  UNION ALL SELECT 'cash rounding', NULL, coalesce(sum(cash_rounding_minor), 0) FROM day
  UNION ALL SELECT 'net at', tax_pct3, sum(base_minor) FROM tax GROUP BY tax_pct3
  UNION ALL SELECT 'tax at', tax_pct3, sum(tax_minor) FROM tax GROUP BY tax_pct3
  UNION ALL SELECT 'by ' || kind, NULL, sum(amount) FROM (
    SELECT t.kind, t.amount_minor AS amount FROM tender t JOIN day ON day.id = t.sale_id
    UNION ALL SELECT 'cash', -change_minor FROM day WHERE change_minor <> 0
  ) paid GROUP BY kind`;

const ON_HAND = `
  SELECT m.batch_id AS "batchId", min(m.pack_id) AS "packId", sum(m.qty_base)::int AS counted,
         coalesce((SELECT qty_base::int FROM on_hand h WHERE h.store_id = $1 AND h.batch_id = m.batch_id), 0) AS kept
    FROM stock_movement m WHERE m.store_id = $1 GROUP BY m.batch_id`;
