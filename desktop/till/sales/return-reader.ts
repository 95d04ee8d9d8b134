import { z } from 'zod';
import { scheduleClasses } from '#shared/catalog/schedule-class.ts';
import { readsAsWeight } from '#shared/catalog/weighed-sale.ts';
import type { MadeReturnView } from '#shared/sales/calls-returns.ts';
import { voucherCode } from '#shared/sales/ledger-rules.ts';
import type { ReturnedGoods } from '#shared/sales/receipt-of-return.ts';
import type { MadeReturn, ReturnableSale } from '#shared/sales/return.ts';
import { parseReceiptSearch } from '#shared/sales/return-search.ts';
import type { TenderKind } from '#shared/sales/tender-kinds.ts';
import type { Counter } from '../counter.ts';

/** A sale as its return sees it: what the rules need, and what a person is shown. */
export type SaleFound = {
  readonly saleId: string;
  readonly tillId: string;
  readonly receiptNo: string;
  readonly at: number;
  readonly businessDate: string;
  readonly currency: string;
  readonly customerId: string | null;
  readonly tillName: string;
  readonly cashierName: string;
  readonly totalMinor: number;
  readonly lineCount: number;
  readonly tenders: SaleTender[];
};
type SaleTender = { kind: TenderKind; amountMinor: number; reference: string | null };
export type SoldLineRow = z.infer<typeof soldLine>;
export type MadeReturnRow = Omit<MadeReturn, 'tenders'> & {
  readonly tenders: readonly SaleTender[];
  readonly returnId: string;
  readonly returnNo: string;
  readonly at: number;
  readonly tillName: string;
};

/** Sales of this store and what has come back of them, as this replica knows both. */
export function createReturnReader({ db, shop, today }: Counter) {
  const columns = `s.id AS saleId, s.till_id AS tillId, s.receipt_no AS receiptNo, s.at, s.business_date AS businessDate, s.currency,
    s.customer_id AS customerId, s.total_minor AS totalMinor, s.line_count AS lineCount, coalesce(t.name, '') AS tillName,
    coalesce(p.name, '') AS cashierName`;
  const from = `FROM sale s LEFT JOIN person p ON p.id = s.cashier_id LEFT JOIN till t ON t.id = s.till_id`;
  type Row = Omit<SaleFound, 'tenders'>;
  const byId = db.prepare<[string], Row>(`SELECT ${columns} ${from} WHERE s.id = ?`);
  const byNumber = db.prepare<[string, number], Row>(
    `SELECT ${columns} ${from} WHERE s.receipt_series = ? AND s.receipt_n = ?`,
  );
  // The series there are, each found by one step in the index: a scan of all sales would take a year's worth.
  const byLastDigits = db.prepare<[number], Row>(
    `WITH RECURSIVE series (name) AS (
       SELECT min(receipt_series) FROM sale
       UNION ALL SELECT (SELECT min(receipt_series) FROM sale WHERE receipt_series > name) FROM series WHERE name IS NOT NULL)
     SELECT ${columns} ${from} JOIN series ON s.receipt_series = series.name WHERE s.receipt_n = ?
     ORDER BY s.at DESC LIMIT ${MOST}`,
  );
  const byDate = db.prepare<[string], Row>(
    `SELECT ${columns} ${from} WHERE s.business_date = ? ORDER BY s.at DESC LIMIT ${MOST}`,
  );
  const byTotal = db.prepare<[string, number, number], Row>(
    `SELECT ${columns} ${from} WHERE s.business_date >= ? AND (s.total_minor = ? OR s.total_minor + s.cash_rounding_minor = ?)
     ORDER BY s.at DESC LIMIT ${MOST}`,
  );
  const tenders = db.prepare<[string], SaleTender>(
    `SELECT kind, amount_minor AS amountMinor, reference FROM tender WHERE sale_id = ? ORDER BY line_no`,
  );
  const lines = db.prepare<[string]>(
    `SELECT l.id AS saleLineId, l.line_no AS lineNo, l.pack_id AS packId, l.name, l.schedule_class AS scheduleClass, l.qty_base AS qtyBase,
            l.pack_size AS packSize, l.base_unit AS baseUnit, l.amount_minor AS amountMinor, l.tax_minor AS taxMinor,
            l.tax_class_id AS taxClassId, iif(s.tax_exemption IS NULL, l.tax_pct3, '[0]') AS taxPct3, s.tax_mode AS taxMode,
            coalesce(p.breakable, 0) AS breakable
     FROM sale_line l JOIN sale s ON s.id = l.sale_id LEFT JOIN pack p ON p.id = l.pack_id WHERE l.sale_id = ? ORDER BY l.line_no`,
  );
  const batches = db.prepare<[string], BatchRow>(
    `SELECT m.document_line AS lineNo, m.batch_id AS batchId, coalesce(b.code, '') AS code,
            coalesce(b.expires_on, '') AS expiresOn, -m.qty_base AS qtyBase
     FROM stock_movement m LEFT JOIN batch b ON b.id = m.batch_id
     WHERE m.document_id = ? AND m.kind = 'sell' ORDER BY m.id`,
  );
  const taxes = db.prepare<[string]>(
    `SELECT tax_pct3 AS taxPct3, components_minor AS componentsMinor FROM sale_tax WHERE sale_id = ? ORDER BY id`,
  );
  const returnColumns = `r.id AS returnId, r.return_no AS returnNo, r.at, r.kind, r.currency, r.tax_mode AS taxMode,
    r.total_minor AS totalMinor, r.cash_rounding_minor AS cashRoundingMinor, coalesce(t.name, '') AS tillName,
    coalesce(p.name, '') AS cashierName, coalesce(s.receipt_no, r.sale_receipt_no) AS saleReceiptNo`;
  const returnFrom = `FROM sale_return r LEFT JOIN till t ON t.id = r.till_id LEFT JOIN person p ON p.id = r.cashier_id
    LEFT JOIN sale s ON s.id = r.sale_id`;
  const returnsOf = db.prepare<[string], ReturnRow>(
    `SELECT ${returnColumns} ${returnFrom} WHERE r.sale_id = ? ORDER BY r.at, r.id`,
  );
  const oneReturn = db.prepare<[string], ReturnRow>(`SELECT ${returnColumns} ${returnFrom} WHERE r.id = ?`);
  const returnLines = db.prepare<[string], ReturnLineRow>(
    `SELECT l.sale_line_id AS saleLineId, l.batch_id AS batchId, l.name, l.qty_base AS qtyBase, l.pack_size AS packSize,
            l.base_unit AS baseUnit, coalesce(p.breakable, 0) AS breakable, l.amount_minor AS amountMinor, l.tax_minor AS taxMinor,
            l.tax_pct3 AS taxPct3, b.code, b.expires_on AS expiresOn
     FROM sale_return_line l LEFT JOIN batch b ON b.id = l.batch_id LEFT JOIN pack p ON p.id = l.pack_id WHERE l.return_id = ? ORDER BY l.line_no`,
  );
  const returnTaxes = db.prepare<[string]>(
    `SELECT tax_pct3 AS taxPct3, base_minor AS baseMinor, tax_minor AS taxMinor, components_minor AS componentsMinor
     FROM sale_return_tax WHERE return_id = ? ORDER BY id`,
  );
  const refunds = db.prepare<[string], SaleTender>(
    `SELECT kind, amount_minor AS amountMinor, reference FROM refund_tender WHERE return_id = ? ORDER BY line_no`,
  );

  const giftCards = db.prepare<[string, string, string], { code: string; worthMinor: number }>(
    `SELECT code, amount_minor AS worthMinor FROM voucher_entry
     WHERE code >= ? AND code < ? AND document_id = ? AND kind = 'issue' ORDER BY code`,
  );
  const byAttempt = db.prepare<[string], Omit<MadeReturnView, 'tenders' | 'cancelled'>>(
    `SELECT r.id AS returnId, r.return_no AS returnNo, r.kind, r.at, r.total_minor AS totalMinor,
            r.cash_rounding_minor AS cashRoundingMinor,
            coalesce((SELECT j.id FROM print_job j WHERE j.sale_id = r.id ORDER BY j.created_at LIMIT 1), '') AS printJobId
     FROM refund_tender t JOIN sale_return r ON r.id = t.return_id WHERE t.id = ?`,
  );
  const cancelled = db
    .prepare<[string], string>(`SELECT code FROM voucher_entry WHERE document_id = ? AND kind = 'expire'`)
    .pluck();

  const withTenders = (row: Row): SaleFound => ({ ...row, tenders: tenders.all(row.saleId) });
  const search = (text: string): Row[] => {
    const wanted = parseReceiptSearch(text, shop().minorDigits);
    switch (wanted.by) {
      case 'id':
        return byId.all(wanted.saleId);
      case 'number':
        return byNumber.all(wanted.series, wanted.n);
      case 'last-digits':
        return byLastDigits.all(wanted.n);
      case 'date':
        return byDate.all(wanted.businessDate);
      case 'total':
        return byTotal.all(daysBefore(today().business, DAYS), wanted.totalMinor, wanted.totalMinor);
      case 'nothing':
        return [];
    }
  };

  return {
    find: (text: string): SaleFound[] => search(text).map(withTenders),

    /** A sale with its lines as rows and as the rules want them; null where it is not known here. */
    sale(
      saleId: string,
    ): { found: SaleFound; rows: SoldLineRow[]; batches: BatchRow[]; sale: ReturnableSale } | null {
      const row = byId.get(saleId);
      if (!row) return null;
      const found = withTenders(row);
      const rows = z.array(soldLine).parse(lines.all(saleId));
      const taken = batches.all(saleId);
      return {
        found,
        rows,
        batches: taken,
        sale: toReturnable(found, rows, { taken, taxes: taxes.all(saleId) }),
      };
    },

    /** All returns of a sale that are known here, of all counters. */
    returnsOf: (saleId: string): MadeReturnRow[] =>
      returnsOf.all(saleId).map((row) => ({
        ...row,
        lines: returnLines.all(row.returnId),
        taxes: z.array(returnTax).parse(returnTaxes.all(row.returnId)),
        tenders: refunds.all(row.returnId),
      })),

    /** The gift cards that a line of a sale made: their codes begin with its number and the line's. */
    giftCards({ saleId, receiptNo }: SaleFound, lineNo: number) {
      const from = voucherCode(`${receiptNo}-${lineNo}-`);
      return giftCards.all(from, `${from}~`, saleId);
    },

    /** The return that an attempt at the card terminal gave the money back for; null where none says so. */
    byAttempt(attemptId: string): MadeReturnView | null {
      const row = byAttempt.get(attemptId);
      if (!row) return null;
      const { returnId } = row;
      return { ...row, tenders: refunds.all(returnId), cancelled: cancelled.all(returnId) };
    },

    /** Everything a return's receipt is made of. */
    made(returnId: string): ReturnedGoods | null {
      const row = oneReturn.get(returnId);
      if (!row) return null;
      return {
        ...row,
        lines: returnLines.all(returnId).map(({ code, expiresOn, taxPct3, breakable, ...line }) => ({
          ...line,
          weighed: readsAsWeight({ ...line, breakable: breakable === 1 }),
          taxPct3: numbers.parse(taxPct3),
          batch: code === null || expiresOn === null ? null : { code, expiresOn },
        })),
        taxes: z.array(returnTax).parse(returnTaxes.all(returnId)),
        tenders: refunds.all(returnId),
      };
    },
  };
}

function toReturnable(
  { totalMinor, tenders }: SaleFound,
  rows: readonly SoldLineRow[],
  { taken, taxes }: { readonly taken: readonly BatchRow[]; readonly taxes: unknown },
): ReturnableSale {
  return {
    taxMode: rows[0]?.taxMode ?? 'inclusive',
    totalMinor,
    lines: rows.map((row) => ({ ...row, batches: taken.filter((batch) => batch.lineNo === row.lineNo) })),
    taxes: z.array(taxGroup).parse(taxes),
    tenders,
  };
}

/** How many sales a search shows, and how far back one by amount looks, in days. */
const MOST = 50;
const DAYS = 60;

const daysBefore = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);

type ReturnRow = Pick<
  ReturnedGoods,
  | 'returnNo'
  | 'at'
  | 'kind'
  | 'currency'
  | 'taxMode'
  | 'totalMinor'
  | 'cashRoundingMinor'
  | 'tillName'
  | 'cashierName'
  | 'saleReceiptNo'
> & { readonly returnId: string };
type ReturnLineRow = {
  readonly saleLineId: string | null;
  readonly batchId: string | null;
  readonly name: string;
  readonly qtyBase: number;
  readonly packSize: number;
  readonly baseUnit: string;
  readonly breakable: number;
  readonly amountMinor: number;
  readonly taxMinor: number;
  readonly taxPct3: string;
  readonly code: string | null;
  readonly expiresOn: string | null;
};
export type BatchRow = {
  readonly lineNo: number;
  readonly batchId: string;
  readonly code: string;
  readonly expiresOn: string;
  readonly qtyBase: number;
};

const numbers = z.preprocess((text) => JSON.parse(String(text)), z.array(z.int()));
const taxGroup = z.object({ taxPct3: numbers, componentsMinor: numbers });
const returnTax = taxGroup.extend({ baseMinor: z.int(), taxMinor: z.int() });
const soldLine = z.object({
  saleLineId: z.string(),
  lineNo: z.int(),
  packId: z.string(),
  name: z.string(),
  scheduleClass: z.enum(scheduleClasses),
  qtyBase: z.int(),
  packSize: z.int(),
  baseUnit: z.string(),
  amountMinor: z.int(),
  taxMinor: z.int(),
  taxClassId: z.string(),
  taxPct3: numbers,
  taxMode: z.enum(['inclusive', 'exclusive']),
  breakable: z.int(),
});
