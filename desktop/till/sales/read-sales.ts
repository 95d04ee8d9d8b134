import { z } from 'zod';
import { readsAsWeight } from '#shared/catalog/weighed-sale.ts';
import type { DayTotals, SaleView } from '#shared/sales/calls.ts';
import type { SoldSale } from '#shared/sales/receipt-of-sale.ts';
import type { TenderKind } from '#shared/sales/tender-kinds.ts';
import type { Counter } from '../counter.ts';

/** Completed sales as this replica has them: this till's own list, receipts, and day totals of the store. */
export type SaleReader = ReturnType<typeof createSaleReader>;

export function createSaleReader({ db, storeId, tillId }: Counter) {
  const columns = `s.id AS saleId, s.receipt_no AS receiptNo, s.at, s.business_date AS businessDate, s.line_count AS lineCount,
    s.total_minor AS totalMinor, s.cash_rounding_minor AS cashRoundingMinor, s.change_minor AS changeMinor,
    s.currency, s.tax_mode AS taxMode, coalesce(p.name, '') AS cashierName, t.name AS tillName,
    coalesce((SELECT CASE WHEN max(j.state = 'waiting') THEN 'on-disk' WHEN max(j.state IN ('refused', 'dismissed')) THEN 'refused' END
              FROM journal j WHERE j.subject_id = s.id AND j.type = 'sale'), 'at-hq') AS place`;
  const names = `LEFT JOIN person p ON p.id = s.cashier_id LEFT JOIN till t ON t.id = s.till_id`;
  const one = db.prepare<[string], SaleRow>(`SELECT ${columns} FROM sale s ${names} WHERE s.id = ?`);
  // From the latest back: where a replica knows one till's sales alone, the planner would sort all that was ever sold.
  const latest = db.prepare<[string, number], SaleRow>(
    `SELECT ${columns} FROM sale s INDEXED BY sale_by_at ${names} WHERE s.till_id = ? ORDER BY s.at DESC, s.id DESC LIMIT ?`,
  );
  const tenders = db.prepare<[string], TenderRow>(
    `SELECT kind, amount_minor AS amountMinor FROM tender WHERE sale_id = ? ORDER BY line_no`,
  );
  const lines = db.prepare<[string], LineRow>(
    `SELECT l.line_no AS lineNo, l.name, l.qty_base AS qtyBase, l.pack_size AS packSize, l.base_unit AS baseUnit,
            coalesce(p.breakable, 0) AS breakable, l.pack_price_minor AS packPriceMinor, l.gross_minor AS grossMinor,
            l.line_discount_minor AS lineDiscountMinor, l.cart_discount_minor AS cartDiscountMinor, l.tax_pct3 AS taxPct3
     FROM sale_line l LEFT JOIN pack p ON p.id = l.pack_id WHERE l.sale_id = ? ORDER BY l.line_no`,
  );
  const batches = db.prepare<[string], BatchRow>(
    `SELECT m.document_line AS lineNo, b.code, b.expires_on AS expiresOn, -m.qty_base AS qtyBase
     FROM stock_movement m JOIN batch b ON b.id = m.batch_id WHERE m.document_id = ? AND m.kind = 'sell' ORDER BY m.id`,
  );
  const taxes = db.prepare<[string], TaxRow>(
    `SELECT tax_pct3 AS taxPct3, base_minor AS baseMinor, tax_minor AS taxMinor FROM sale_tax WHERE sale_id = ?`,
  );

  const vouchers = db.prepare<[string], { code: string; amountMinor: number }>(
    `SELECT code, amount_minor AS amountMinor FROM voucher_entry WHERE document_id = ? AND kind = 'issue' ORDER BY code`,
  );

  const toView = ({ currency: _, taxMode: __, tillName: ___, ...row }: SaleRow): SaleView => ({
    ...row,
    tenders: tenders.all(row.saleId),
  });

  return {
    list: (limit: number): SaleView[] => latest.all(tillId, limit).map(toView),
    view(saleId: string): SaleView | null {
      const row = one.get(saleId);
      return row ? toView(row) : null;
    },
    /** Everything a receipt is made of. */
    sold(saleId: string): SoldSale | null {
      const row = one.get(saleId);
      if (!row) return null;
      const taken = batches.all(saleId);
      return {
        ...row,
        lines: lines.all(saleId).map(({ breakable, ...line }) => ({
          ...line,
          weighed: readsAsWeight({ ...line, breakable: breakable === 1 }),
          taxPct3: rate.parse(JSON.parse(line.taxPct3)),
          batches: taken.filter((b) => b.lineNo === line.lineNo),
        })),
        taxes: taxes.all(saleId).map((tax) => ({ ...tax, taxPct3: rate.parse(JSON.parse(tax.taxPct3)) })),
        tenders: tenders.all(saleId),
        vouchers: vouchers.all(saleId),
      };
    },
    /** This till's own totals by business date, the latest first: what HQ's report must equal. */
    dayTotals: (businessDate?: string): DayTotals[] =>
      dayTotals(db, { storeId, tillId, businessDate: businessDate ?? null }),
  };
}

type SaleRow = Omit<SaleView, 'tenders'> & {
  readonly currency: string;
  readonly taxMode: 'inclusive' | 'exclusive';
  readonly tillName: string;
};
type TenderRow = { kind: TenderKind; amountMinor: number };
type LineRow = Omit<SoldSale['lines'][number], 'batches' | 'taxPct3' | 'weighed'> & {
  readonly lineNo: number;
  readonly baseUnit: string;
  readonly breakable: number;
  readonly taxPct3: string;
};
type BatchRow = {
  readonly lineNo: number;
  readonly code: string;
  readonly expiresOn: string;
  readonly qtyBase: number;
};
type TaxRow = { readonly taxPct3: string; readonly baseMinor: number; readonly taxMinor: number };
const rate = z.array(z.int());

type Of = { readonly storeId: string; readonly tillId: string; readonly businessDate: string | null };

/** Every figure of a day is its sales' less its returns', as the receipts have them. */
function dayTotals(db: Counter['db'], of: Of): DayTotals[] {
  const where = (row: string) =>
    `${row}.store_id = :storeId AND ${row}.till_id = :tillId AND (:businessDate IS NULL OR ${row}.business_date = :businessDate)`;
  const [sold, back] = [where('s'), where('r')];
  const sums = db
    .prepare<[Of], Omit<DayTotals, 'taxes' | 'tenders' | 'netMinor'>>(
      `SELECT businessDate, sum(sales) AS sales, sum(total) AS totalMinor, sum(tax) AS taxMinor, sum(discount) AS discountMinor,
              sum(rounding) AS cashRoundingMinor, sum(returns) AS returns, sum(back) AS returnsMinor
       FROM (
         SELECT s.business_date AS businessDate, 1 AS sales, s.total_minor AS total, s.tax_minor AS tax, s.discount_minor AS discount,
                s.cash_rounding_minor AS rounding, 0 AS returns, 0 AS back FROM sale s WHERE ${sold}
         UNION ALL
         SELECT r.business_date, 0, -r.total_minor, -r.tax_minor, 0, -r.cash_rounding_minor, 1, r.total_minor
         FROM sale_return r WHERE ${back}
       ) GROUP BY businessDate ORDER BY businessDate DESC`,
    )
    .all(of);
  const taxes = db
    .prepare<[Of], { day: string; taxPct3: string; baseMinor: number; taxMinor: number }>(
      `SELECT day, taxPct3, sum(base) AS baseMinor, sum(tax) AS taxMinor FROM (
         SELECT s.business_date AS day, x.tax_pct3 AS taxPct3, x.base_minor AS base, x.tax_minor AS tax
         FROM sale_tax x JOIN sale s ON s.id = x.sale_id WHERE ${sold}
         UNION ALL SELECT r.business_date, x.tax_pct3, -x.base_minor, -x.tax_minor
         FROM sale_return_tax x JOIN sale_return r ON r.id = x.return_id WHERE ${back}
       ) GROUP BY day, taxPct3`,
    )
    .all(of);
  const tenders = db
    .prepare<[Of], { day: string; kind: TenderKind; amountMinor: number }>(
      `SELECT day, kind, sum(amount) AS amountMinor FROM (
         SELECT s.business_date AS day, t.kind, t.amount_minor AS amount FROM tender t JOIN sale s ON s.id = t.sale_id WHERE ${sold}
         UNION ALL SELECT s.business_date, 'cash', -s.change_minor FROM sale s WHERE ${sold} AND s.change_minor > 0
         UNION ALL SELECT r.business_date, t.kind, -t.amount_minor FROM refund_tender t JOIN sale_return r ON r.id = t.return_id
         WHERE ${back}
       ) GROUP BY day, kind ORDER BY kind`,
    )
    .all(of);
  return sums.map((sum) => ({
    ...sum,
    netMinor: sum.totalMinor - sum.taxMinor,
    taxes: taxes
      .filter((t) => t.day === sum.businessDate)
      .map(({ taxPct3, baseMinor, taxMinor }) => ({
        taxPct3: rate.parse(JSON.parse(taxPct3)),
        baseMinor,
        taxMinor,
      })),
    tenders: tenders
      .filter((t) => t.day === sum.businessDate)
      .map(({ kind, amountMinor }) => ({ kind, amountMinor })),
  }));
}
