import { z } from 'zod';

/** What belongs to a sale beside its receipt, as HQ has it. */
export const saleFacts = {
  /** Whether a customer stood in it: who, HQ cannot read. */
  hasCustomer: z.boolean(),
  /** The shift it was sold in, and its Z-report once that has come. */
  shift: z
    .object({ shiftId: z.string(), closeId: z.string().nullable(), zNo: z.string().nullable() })
    .nullable(),
  /** Why it cost less, line by line; `lineNo` is null for the whole sale. Minor units. */
  discounts: z.array(
    z.object({
      kind: z.enum(['line', 'cart', 'offer', 'coupon', 'loyalty', 'price']),
      lineNo: z.int().nullable(),
      offerName: z.string().nullable(),
      amountMinor: z.int(),
      reason: z.string().nullable(),
      authorisedBy: z.string().nullable(),
    }),
  ),
  /** Returns that name it, the first first. */
  returns: z.array(
    z.object({
      returnId: z.string(),
      returnNo: z.string(),
      kind: z.enum(['return', 'void', 'blind']),
      at: z.int(),
      by: z.string(),
      reason: z.string(),
      totalMinor: z.int(),
    }),
  ),
};
