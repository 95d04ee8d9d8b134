import { oc } from '@orpc/contract';
import { z } from 'zod';
import { commandId, tillErrors } from '#shared/auth/calls.ts';

/** A sale of which more came back than was sold, and who took it back where and when (second-refund.ts). */
const secondRefund = z.object({
  saleId: z.string(),
  receiptNo: z.string(),
  soldAt: z.int(),
  overBase: z.int(),
  lines: z.array(
    z.object({
      ...{
        saleLineId: z.string(),
        name: z.string(),
        packSize: z.int(),
        weighed: z.boolean(),
        soldBase: z.int(),
        overBase: z.int(),
      },
    }),
  ),
  /** In their order; the later ones are the second refund. */
  returns: z.array(
    z.object({
      ...{ returnId: z.string(), returnNo: z.string(), at: z.int(), totalMinor: z.int() },
      ...{ tillName: z.string(), cashierName: z.string() },
    }),
  ),
});
export type SecondRefundView = z.infer<typeof secondRefund>;

const hqSecondRefund = secondRefund.extend({
  storeId: z.string(),
  storeName: z.string(),
  /** When it reached HQ. */
  at: z.int(),
});
export type StoreSecondRefund = z.infer<typeof hqSecondRefund>;

/** `overBase` as it was shown: when more has come back since, nothing is settled. */
const settling = z.object({
  saleId: z.string().max(64),
  overBase: z.int().positive(),
  note: z.string().trim().min(1).max(200),
});
const settleErrors = {
  /** Somebody was quicker. */
  NOT_FOUND: {},
  CHANGED: { data: z.object({ overBase: z.int() }) },
} as const;

export const secondRefundCalls = {
  secondRefunds: {
    /** What came back twice at this store and nobody has settled. */
    list: oc.output(z.array(secondRefund)).errors(tillErrors),
    /** A person has looked at it: their note is kept, here and at HQ. Nothing of the returns is changed. */
    settle: oc
      .input(settling.extend({ commandId }))
      .output(z.object({}))
      .errors({ ...tillErrors, ...settleErrors }),
  },
};

export const secondRefundHqCalls = {
  /** Of all stores, the last first; at most 200. */
  secondRefunds: oc.output(z.array(hqSecondRefund)),
  settleSecondRefund: oc.input(settling).output(z.object({})).errors(settleErrors),
};
