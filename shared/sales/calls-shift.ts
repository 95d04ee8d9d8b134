import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { commandId, inPlace, inPlaceErrors, tillErrors } from '#shared/auth/calls.ts';
import { permissions } from '#shared/auth/permissions.ts';
import { tenderKinds } from './tender-kinds.ts';

const plainDate = z.iso.date();
const amount = z.int().nonnegative().max(1_000_000_000_000);
const reason = z.string().trim().min(1).max(200);
const byTender = z
  .array(z.object({ kind: z.enum(tenderKinds), amountMinor: z.int() }))
  .max(tenderKinds.length);
const denominations = z.array(z.object({ minor: z.int().positive(), count: z.int().nonnegative() })).max(40);

/** What people counted: cash by note and coin, the rest as sums of slips; what is left out was not counted. */
const count = z.object({
  denominations,
  /** Cash not counted by piece, as it is worth: foreign notes, or all of it where the currency's pieces are not known. */
  otherCashMinor: amount,
  others: z.array(z.object({ kind: z.enum(['card', 'mobile', 'voucher']), amountMinor: amount })).max(3),
});
export type ShiftCount = z.infer<typeof count>;

const totals = z.object({
  sales: z.int(),
  salesMinor: z.int(),
  returns: z.int(),
  returnsMinor: z.int(),
  discountMinor: z.int(),
  cashRoundingMinor: z.int(),
  payInMinor: z.int(),
  payOutMinor: z.int(),
  noSales: z.int(),
  taxes: z.array(z.object({ taxPct3: z.array(z.int()), baseMinor: z.int(), taxMinor: z.int() })),
});

const openShift = z.object({
  shiftId: z.string(),
  since: z.int(),
  businessDate: plainDate,
  openedById: z.string(),
  openedBy: z.string(),
  /** Opened by a sale, with the float the last close left. */
  automatic: z.boolean(),
  floatMinor: z.int(),
});

/** How this till's drawer stands. */
const shiftView = z.object({
  open: openShift.nullable(),
  /** What the last close left in the drawer: the float where none is counted. */
  leftMinor: z.int(),
  today: plainDate,
  /** What came of the last pulse without a sale since the till started; null before the first. */
  drawer: z
    .object({ at: z.int(), state: z.enum(['printed', 'failed', 'unknown']), reason: z.string().nullable() })
    .nullable(),
});
export type ShiftView = z.infer<typeof shiftView>;

const xReport = z.object({ open: openShift, at: z.int(), expected: byTender, totals });
export type XReport = z.infer<typeof xReport>;

export const zReport = z.object({
  closeId: z.string(),
  zNo: z.string(),
  at: z.int(),
  businessDate: plainDate,
  closedBy: z.string(),
  shiftId: z.string(),
  openedAt: z.int(),
  openedBy: z.string(),
  floatMinor: z.int(),
  currency: z.string(),
  expected: byTender,
  counted: byTender,
  denominations,
  varianceMinor: z.int(),
  reason: z.string().nullable(),
  leftMinor: z.int(),
  totals,
  grandTotalMinor: z.int(),
  chainHead: z.string(),
  tillName: z.string(),
});
export type ZReport = z.infer<typeof zReport>;

/** A count held against the books, and what closing with it asks for. */
export const comparison = z.object({
  tenders: z.array(
    z.object({
      kind: z.enum(tenderKinds),
      expectedMinor: z.int(),
      countedMinor: z.int().nullable(),
      varianceMinor: z.int().nullable(),
    }),
  ),
  varianceMinor: z.int(),
  needsReason: z.boolean(),
  /** The right that is missing, for which somebody may give a PIN in place. */
  needsRight: z.enum(permissions).nullable(),
  /** What would usually be left in the drawer. */
  leftMinor: z.int(),
});
export type Comparison = z.infer<typeof comparison>;

const movement = z.object({ movementId: z.string() });
const moveErrors = { ...tillErrors, ...inPlaceErrors } as const;
const ofShift = { ...tillErrors, NO_SHIFT: {} } as const;

/** Shifts of this till. A shift is the till's: several people may sell in it, and it outlives the device. */
export const shiftCalls = {
  state: oc.output(eventIterator(shiftView)).errors(tillErrors),
  open: oc
    .input(z.object({ commandId, floatMinor: amount }))
    .output(z.object({ shiftId: z.string() }))
    .errors({ ...tillErrors, SHIFT_OPEN: {} }),
  /** The figures so far. */
  x: oc.output(xReport).errors(ofShift),
  printX: oc
    .input(z.object({ commandId }))
    .output(z.object({ printJobId: z.string() }))
    .errors(ofShift),
  /** Cash put in or taken out beside sales. Opens the drawer. */
  move: oc
    .input(
      z.object({
        commandId,
        kind: z.enum(['pay-in', 'pay-out']),
        amountMinor: amount.positive(),
        reason,
        inPlace: inPlace.optional(),
      }),
    )
    .output(movement)
    .errors(moveErrors),
  /** Opens the drawer without a sale: written down first. */
  noSale: oc
    .input(z.object({ commandId, reason, inPlace: inPlace.optional() }))
    .output(movement)
    .errors(moveErrors),
  /** Holds a count against the books. Written down: a second count does not undo the first. */
  compare: oc
    .input(z.object({ commandId, shiftId: z.string(), count }))
    .output(comparison)
    .errors(ofShift),
  /**
   * Ends the shift and makes its Z-report. It can always be done: where a right is missing and nobody is there to lend
   * it, `unapproved` with a reason closes all the same, and the audit says so.
   */
  close: oc
    .input(
      z.object({
        commandId,
        shiftId: z.string(),
        count,
        leftMinor: amount,
        reason: reason.optional(),
        inPlace: inPlace.optional(),
        unapproved: z.boolean().default(false),
      }),
    )
    .output(zReport.extend({ printJobId: z.string() }))
    .errors({ ...ofShift, ...inPlaceErrors, REASON_NEEDED: {}, LEFT_TOO_MUCH: {} }),
  /** This till's Z-reports, the latest first. */
  reports: oc
    .input(z.object({ limit: z.int().min(1).max(200).default(50) }))
    .output(z.array(zReport))
    .errors(tillErrors),
  /** The Z-report as the printer would draw it. */
  reportPreview: oc
    .input(z.object({ closeId: z.string() }))
    .output(z.object({ svg: z.string(), text: z.string() }))
    .errors({ ...tillErrors, NOT_FOUND: {} }),
  reprint: oc
    .input(z.object({ commandId, closeId: z.string() }))
    .output(z.object({ printJobId: z.string() }))
    .errors({ ...tillErrors, NOT_FOUND: {} }),
};
