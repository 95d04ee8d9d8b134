import { oc } from '@orpc/contract';
import { z } from 'zod';
import { tenderKinds } from './tender-kinds.ts';

const plainDate = z.iso.date();
const byTender = z.array(z.object({ kind: z.enum(tenderKinds), amountMinor: z.int() }));
const place = { storeId: z.string(), storeCode: z.string(), storeName: z.string(), tillName: z.string() };

const zRow = z.object({
  closeId: z.string(),
  ...place,
  zNo: z.string(),
  at: z.int(),
  businessDate: plainDate,
  closedBy: z.string(),
  expected: byTender,
  counted: byTender,
  /** Counted less expected; negative: something is missing. */
  varianceMinor: z.int(),
  currency: z.string(),
});

const shiftTotals = z.object({
  ...{ sales: z.int(), salesMinor: z.int(), returns: z.int(), returnsMinor: z.int() },
  ...{ discountMinor: z.int(), cashRoundingMinor: z.int(), payInMinor: z.int(), payOutMinor: z.int() },
  noSales: z.int(),
  taxes: z.array(z.object({ taxPct3: z.array(z.int()), baseMinor: z.int(), taxMinor: z.int() })),
});

/** Shifts and their Z-reports, as HQ has received them. */
export const shiftHqCalls = {
  /** The latest first, a page at a time. */
  zReports: oc
    .input(
      z.object({
        storeId: z.string().optional(),
        before: z.string().optional(),
        limit: z.int().min(1).max(200).default(50),
      }),
    )
    .output(z.object({ rows: z.array(zRow), next: z.string().nullable() })),
  zReport: oc
    .input(z.object({ closeId: z.string() }))
    .output(
      zRow.extend({
        openedAt: z.int().nullable(),
        openedBy: z.string(),
        floatMinor: z.int().nullable(),
        denominations: z.array(z.object({ minor: z.int(), count: z.int() })),
        reason: z.string().nullable(),
        leftMinor: z.int(),
        totals: shiftTotals,
        grandTotalMinor: z.int(),
        chainHead: z.string(),
        movements: z.array(
          z.object({
            kind: z.enum(['pay-in', 'pay-out', 'no-sale']),
            amountMinor: z.int(),
            reason: z.string(),
            at: z.int(),
            by: z.string(),
          }),
        ),
      }),
    )
    .errors({ NOT_FOUND: {} }),
  /** What a person should look at: numbers that no Z-report has come for, and shifts open for more than a day. */
  shiftGaps: oc.output(
    z.object({
      missing: z.array(z.object({ ...place, zSeries: z.string(), fromN: z.int(), toN: z.int() })),
      openLong: z.array(z.object({ ...place, shiftId: z.string(), at: z.int(), openedBy: z.string() })),
    }),
  ),
};
