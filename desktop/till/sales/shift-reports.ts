import { z } from 'zod';
import type { XReport, ZReport } from '#shared/sales/calls-shift.ts';
import { zReport } from '#shared/sales/calls-shift.ts';
import type { ReceiptDoc } from '#shared/sales/receipt.ts';
import { shiftReport } from '#shared/sales/z-report.ts';
import type { Counter } from '../counter.ts';

/** Z-reports as they were written, and reports as documents. */
export function createShiftReports(counter: Counter) {
  const { db, tillId } = counter;
  const columns = `c.id AS closeId, c.z_no AS zNo, c.at, c.business_date AS businessDate, coalesce(p.name, '') AS closedBy,
    c.shift_id AS shiftId, s.at AS openedAt, coalesce(o.name, '') AS openedBy, s.float_minor AS floatMinor, s.currency,
    c.expected, c.counted, c.denominations, c.variance_minor AS varianceMinor, c.reason, c.left_minor AS leftMinor,
    c.totals, c.grand_total_minor AS grandTotalMinor, c.chain_head AS chainHead, coalesce(t.name, '') AS tillName`;
  const from = `FROM shift_close c JOIN shift s ON s.id = c.shift_id LEFT JOIN person p ON p.id = c.actor_id
    LEFT JOIN person o ON o.id = s.actor_id LEFT JOIN till t ON t.id = c.till_id`;
  const one = db.prepare<[string], Stored>(`SELECT ${columns} ${from} WHERE c.id = ?`);
  const latest = db.prepare<[string, number], Stored>(
    `SELECT ${columns} ${from} WHERE c.till_id = ? ORDER BY c.at DESC, c.z_n DESC LIMIT ?`,
  );
  const find = (closeId: string): ZReport | null => {
    const row = one.get(closeId);
    return row ? toReport(row) : null;
  };
  return {
    find,
    list: (limit: number): ZReport[] => latest.all(tillId, limit).map(toReport),
    /** The Z-report for paper. */
    docOfZ(
      { closedBy, zNo, counted, reason, leftMinor, grandTotalMinor, chainHead, ...z }: ZReport,
      copy: boolean,
    ): ReceiptDoc {
      const close = { zNo, counted, reason, leftMinor, grandTotalMinor, chainHead };
      return shiftReport({ ...z, by: closedBy, close }, counter.shop(), { copy });
    },
    /** The X-report for paper. */
    docOfX({ open, ...x }: XReport, by: string): ReceiptDoc {
      const { since: openedAt, openedBy, floatMinor } = open;
      const { currency } = counter.shop();
      const report = { ...x, by, openedAt, openedBy, floatMinor, currency, tillName: counter.till().name };
      return shiftReport({ ...report, close: null }, counter.shop(), { copy: false });
    },
  };
}

/** A row of the database, its JSON still text. */
type Stored = Readonly<Record<keyof ZReport, string | number | null>>;
const json = z.string().transform((text): unknown => JSON.parse(text));
const parsed = ['expected', 'counted', 'denominations', 'totals'] as const;
const toReport = (row: Stored): ZReport =>
  zReport.parse({ ...row, ...Object.fromEntries(parsed.map((name) => [name, json.parse(row[name])])) });
