import type { InferContractRouterOutputs } from '@orpc/contract';
import type pg from 'pg';
import { businessDate as businessDateOf } from '#shared/kernel/zone.ts';
import type { reportsHqCalls } from '#shared/reports/calls.ts';

export type DayReport = InferContractRouterOutputs<typeof reportsHqCalls>['day'];
type StoreDay = DayReport[number];

/**
 * One business day, store by store. Every figure is a sum of what stands on the receipts; nothing is worked out anew,
 * so it equals the tills' own to the cent. A day is complete when every enrolled till of the store was heard from,
 * with nothing left waiting, after the day had ended there.
 */
export async function readDay(pool: pg.Pool, businessDate: string): Promise<DayReport> {
  const [stores, sums, taxes, tenders] = await Promise.all([
    pool.query<StoreRow>(STORES, [businessDate]),
    pool.query<Sums>(SUMS, [businessDate]),
    pool.query<Of<StoreDay['taxes'][number]>>(TAXES, [businessDate]),
    pool.query<Of<StoreDay['tenders'][number]>>(TENDERS, [businessDate]),
  ]);
  const [sumsOf, taxesOf, tendersOf] = [byStore(sums.rows), byStore(taxes.rows), byStore(tenders.rows)];
  return stores.rows.map(({ zone, dayStartHour, ...store }) => {
    const [sum = noSales] = sumsOf.get(store.storeId) ?? [];
    return {
      ...store,
      businessDate,
      ...sum,
      netMinor: sum.totalMinor - sum.taxMinor,
      taxes: taxesOf.get(store.storeId) ?? [],
      tenders: tendersOf.get(store.storeId) ?? [],
      complete: store.dataTo !== null && businessDateOf(store.dataTo, zone, dayStartHour) > businessDate,
    };
  });
}

type StoreRow = Pick<
  StoreDay,
  'storeId' | 'storeCode' | 'storeName' | 'currency' | 'minorDigits' | 'dataTo'
> & {
  readonly zone: string;
  readonly dayStartHour: number;
};
type Of<T> = T & { readonly storeId: string };
type Sums = Of<
  Pick<
    StoreDay,
    'sales' | 'totalMinor' | 'taxMinor' | 'discountMinor' | 'cashRoundingMinor' | 'returns' | 'returnsMinor'
  >
>;

const noSales = {
  ...{ sales: 0, totalMinor: 0, taxMinor: 0, discountMinor: 0, cashRoundingMinor: 0 },
  ...{ returns: 0, returnsMinor: 0 },
};

function byStore<T extends object>(rows: readonly Of<T>[]): Map<string, Omit<Of<T>, 'storeId'>[]> {
  const groups = new Map<string, Omit<Of<T>, 'storeId'>[]>();
  for (const { storeId, ...row } of rows) {
    const group = groups.get(storeId);
    if (group) group.push(row);
    else groups.set(storeId, [row]);
  }
  return groups;
}

/**
 * `dataTo`: the least that an enrolled till of the store reaches: the oldest thing it has waiting, else its last
 * contact; null while one of them was never heard of, or there is none.
 */
const STORES = `
  SELECT s.id AS "storeId", s.code AS "storeCode", s.name AS "storeName", s.currency, s.minor_digits AS "minorDigits",
         s.zone, s.day_start_hour AS "dayStartHour", CASE WHEN r.unheard THEN NULL ELSE r.reach END AS "dataTo"
    FROM store s
    LEFT JOIN LATERAL (
      SELECT bool_or(c.seen_at IS NULL) AS unheard,
             min(CASE WHEN c.waiting > 0 THEN least(c.oldest_at, c.seen_at)
                      ELSE greatest(c.seen_at, c.pushed_at) END) AS reach
        FROM till t
        JOIN LATERAL (SELECT id FROM device WHERE till_id = t.id AND NOT revoked AND NOT deleted
                       ORDER BY enrolled_at DESC, id DESC LIMIT 1) d ON true
        LEFT JOIN device_contact c ON c.device = d.id
       WHERE t.store_id = s.id AND NOT t.deleted) r ON true
   WHERE NOT s.deleted OR EXISTS (SELECT FROM sale x WHERE x.store_id = s.id AND x.business_date = $1)
   ORDER BY s.code, s.id`;

/** Every figure is the sales' less the returns' of the day. */
const SUMS = `
  SELECT store_id AS "storeId", sum(sales)::int AS sales, sum(total_minor)::bigint AS "totalMinor",
         sum(tax_minor)::bigint AS "taxMinor", sum(discount_minor)::bigint AS "discountMinor",
         sum(cash_rounding_minor)::bigint AS "cashRoundingMinor", sum(returns)::int AS returns,
         sum(back_minor)::bigint AS "returnsMinor"
    FROM (
      SELECT store_id, 1 AS sales, total_minor, tax_minor, discount_minor, cash_rounding_minor, 0 AS returns, 0 AS back_minor
        FROM sale WHERE business_date = $1
      UNION ALL
      SELECT store_id, 0, -total_minor, -tax_minor, 0, -cash_rounding_minor, 1, total_minor
        FROM sale_return WHERE business_date = $1) day
   GROUP BY store_id`;

const TAXES = `
  SELECT store_id AS "storeId", tax_pct3 AS "taxPct3", sum(base_minor)::bigint AS "baseMinor",
         sum(tax_minor)::bigint AS "taxMinor"
    FROM (
      SELECT s.store_id, x.tax_pct3, x.base_minor, x.tax_minor
        FROM sale s JOIN sale_tax x ON x.sale_id = s.id WHERE s.business_date = $1
      UNION ALL
      SELECT r.store_id, x.tax_pct3, -x.base_minor, -x.tax_minor
        FROM sale_return r JOIN sale_return_tax x ON x.return_id = r.id WHERE r.business_date = $1) day
   GROUP BY store_id, tax_pct3
   ORDER BY store_id, jsonb_array_length(tax_pct3), tax_pct3`;

/** Change is given on cash only (RULES.md §1.6). */
const TENDERS = `
  WITH day AS (SELECT id, store_id, change_minor FROM sale WHERE business_date = $1),
  handed AS (
    SELECT d.store_id, x.kind, x.amount_minor FROM day d JOIN tender x ON x.sale_id = d.id
    UNION ALL SELECT store_id, 'cash', -change_minor FROM day WHERE change_minor <> 0
    UNION ALL SELECT r.store_id, x.kind, -x.amount_minor
      FROM sale_return r JOIN refund_tender x ON x.return_id = r.id WHERE r.business_date = $1
  )
  SELECT store_id AS "storeId", kind, sum(amount_minor)::bigint AS "amountMinor"
    FROM handed GROUP BY store_id, kind
   ORDER BY store_id, array_position(ARRAY['cash', 'card', 'mobile', 'account', 'voucher', 'exchange'], kind)`;
