import { z } from 'zod';
import { readsAsWeight } from '#shared/catalog/weighed-sale.ts';
import { minuteOfDay } from '#shared/kernel/zone.ts';
import type { Activity, ArticlePart, TaxPart, TenderPart } from '#shared/reports/figures.ts';
import type { Counter } from '../counter.ts';

/** One business date of a till, or of the whole store where there is no till. */
export type DayOf = {
  readonly storeId: string;
  readonly tillId: string | null;
  readonly businessDate: string;
};

/**
 * The books of one business date, from what stands on the receipts: nothing is worked out anew. Every statement begins
 * with the day (index on `business_date`) and goes on from its sales, whatever the planner thinks of the tables.
 */
export function createDayReader({ db }: Pick<Counter, 'db'>) {
  const activity = db.prepare<[DayOf], ActivityRow>(ACTIVITY);
  const tenders = db.prepare<[DayOf], TenderPart>(TENDERS);
  const taxes = db.prepare<[DayOf], TaxRow>(TAXES);
  const articles = db.prepare<[DayOf], ArticleRow>(ARTICLES);
  return {
    activity: (day: DayOf, zone: string): Activity[] =>
      activity.all(day).map(({ quarter, ...row }) => ({
        ...row,
        businessDate: day.businessDate,
        hour: Math.floor(minuteOfDay(quarter * QUARTER_MS, zone) / 60),
      })),
    tenders: (day: DayOf): TenderPart[] => tenders.all(day),
    taxes: (day: DayOf): TaxPart[] =>
      taxes.all(day).map((row) => ({ ...row, taxPct3: rate.parse(JSON.parse(row.taxPct3)) })),
    articles: (day: DayOf): ArticlePart[] =>
      articles.all(day).map(({ baseUnit, breakable, ...row }) => ({
        ...row,
        weighed: readsAsWeight({ ...row, baseUnit, breakable: breakable === 1 }),
      })),
  };
}

type ActivityRow = Omit<Activity, 'businessDate' | 'hour'> & { readonly quarter: number };
type ArticleRow = Omit<ArticlePart, 'weighed'> & { readonly baseUnit: string; readonly breakable: number };
type TaxRow = Omit<TaxPart, 'taxPct3'> & { readonly taxPct3: string };
const rate = z.array(z.int());

/** Every zone's hours begin on a quarter hour of UTC: SQLite, which knows no zones, groups by those. */
const QUARTER_MS = 900_000;

const sold = `s.business_date = :businessDate AND s.store_id = :storeId AND (:tillId IS NULL OR s.till_id = :tillId)`;
const back = `r.business_date = :businessDate AND r.store_id = :storeId AND (:tillId IS NULL OR r.till_id = :tillId)`;

const ACTIVITY = `
  SELECT cashierId, coalesce(p.name, '') AS cashier, quarter, sum(sales) AS sales, sum(sold) AS soldMinor,
         sum(returns) AS returns, sum(returned) AS returnedMinor, sum(tax) AS taxMinor, sum(discount) AS discountMinor,
         sum(rounding) AS cashRoundingMinor
  FROM (
    SELECT s.cashier_id AS cashierId, s.at / ${QUARTER_MS} AS quarter, 1 AS sales, s.total_minor AS sold, 0 AS returns,
           0 AS returned, s.tax_minor AS tax, s.discount_minor AS discount, s.cash_rounding_minor AS rounding
    FROM sale s WHERE ${sold}
    UNION ALL
    SELECT r.cashier_id, r.at / ${QUARTER_MS}, 0, 0, 1, r.total_minor, -r.tax_minor, 0, -r.cash_rounding_minor
    FROM sale_return r WHERE ${back}
  ) LEFT JOIN person p ON p.id = cashierId
  GROUP BY cashierId, quarter`;

/** Change is given on cash only (RULES.md §1.6). */
const TENDERS = `
  SELECT kind, sum(payments) AS payments, sum(taken) AS takenMinor, sum(given) AS givenBackMinor
  FROM (
    SELECT t.kind, 1 AS payments, t.amount_minor AS taken, 0 AS given
    FROM sale s CROSS JOIN tender t ON t.sale_id = s.id WHERE ${sold}
    UNION ALL SELECT 'cash', 0, 0, s.change_minor FROM sale s WHERE ${sold} AND s.change_minor > 0
    UNION ALL
    SELECT t.kind, 0, 0, t.amount_minor
    FROM sale_return r CROSS JOIN refund_tender t ON t.return_id = r.id WHERE ${back}
  ) GROUP BY kind`;

const TAXES = `
  SELECT taxPct3, sum(base) AS baseMinor, sum(tax) AS taxMinor
  FROM (
    SELECT x.tax_pct3 AS taxPct3, x.base_minor AS base, x.tax_minor AS tax
    FROM sale s CROSS JOIN sale_tax x ON x.sale_id = s.id WHERE ${sold}
    UNION ALL
    SELECT x.tax_pct3, -x.base_minor, -x.tax_minor
    FROM sale_return r CROSS JOIN sale_return_tax x ON x.return_id = r.id WHERE ${back}
  ) GROUP BY taxPct3`;

/** Where prices are without tax, the line's tax comes on top of its amount (RULES.md §1.4). */
const ARTICLES = `
  SELECT packId, packSize, max(name) AS name, max(baseUnit) AS baseUnit,
         coalesce((SELECT breakable FROM pack WHERE id = packId), 0) AS breakable,
         sum(qty) AS qtyBase, sum(total) AS totalMinor, sum(tax) AS taxMinor
  FROM (
    SELECT l.pack_id AS packId, l.pack_size AS packSize, l.name, l.base_unit AS baseUnit, l.qty_base AS qty, l.tax_minor AS tax,
           l.amount_minor + iif(s.tax_mode = 'exclusive', l.tax_minor, 0) AS total
    FROM sale s CROSS JOIN sale_line l ON l.sale_id = s.id WHERE ${sold}
    UNION ALL
    SELECT l.pack_id, l.pack_size, l.name, l.base_unit, -l.qty_base, -l.tax_minor,
           -l.amount_minor - iif(r.tax_mode = 'exclusive', l.tax_minor, 0)
    FROM sale_return r CROSS JOIN sale_return_line l ON l.return_id = r.id WHERE ${back}
  ) GROUP BY packId, packSize`;
