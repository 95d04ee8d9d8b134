import { oc } from '@orpc/contract';
import { z } from 'zod';
import { commandId, inPlace, inPlaceErrors } from '#shared/auth/calls.ts';
import { addErrors, cartChanged } from './calls-cart.ts';

/** Off a line or the cart: thousandths of a percent, or minor units. */
export const discountInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('percent'), ratePct3: z.int().min(1).max(100_000) }),
  z.object({ kind: z.literal('amount'), minor: z.int().min(1).max(1_000_000_000_000) }),
]);

const lineIdOrCart = z.string().nullable();
const reason = z.string().trim().min(1).max(60);

/** What makes a sale in progress cost less, and what is said of it. `lineId` null is the whole sale. */
export const discountCalls = {
  /** Null takes a discount away. Above the cashier's limit a colleague who may gives a PIN in place. */
  setDiscount: oc
    .input(
      z.object({
        commandId,
        lineId: lineIdOrCart,
        given: z.object({ discount: discountInput, reason }).nullable(),
        inPlace: inPlace.optional(),
      }),
    )
    .output(cartChanged)
    .errors({
      ...addErrors,
      ...inPlaceErrors,
      /** By law this article is never sold at a discount. */
      NO_DISCOUNT_ALLOWED: { data: z.object({ name: z.string() }) },
    }),
  /** Whom the sale is for: their prices, exemption and account hold from now on. Null: nobody in particular. */
  setCustomer: oc
    .input(z.object({ commandId, customerId: z.string().nullable() }))
    .output(cartChanged)
    .errors(addErrors),
  /** The price of one pack of an article that is sold at an open price. */
  setTypedPrice: oc
    .input(z.object({ commandId, lineId: z.string(), priceMinor: z.int().min(1).max(1_000_000_000_000) }))
    .output(cartChanged)
    .errors({ ...addErrors, FIXED_PRICE: { data: z.object({ name: z.string() }) } }),
  setNote: oc
    .input(z.object({ commandId, lineId: lineIdOrCart, note: z.string().trim().max(200) }))
    .output(cartChanged)
    .errors(addErrors),
  /** Takes a coupon, or gives it back. */
  setCoupon: oc
    .input(z.object({ commandId, code: z.string().trim().min(1).max(40), taken: z.boolean() }))
    .output(cartChanged)
    .errors({ ...addErrors, UNKNOWN_COUPON: { data: z.object({ code: z.string() }) } }),
  /**
   * Uses the customer's loyalty points beside any discount: as many of these as there are and as can be taken off, each
   * time the sale is worked out. 0: none.
   */
  redeemPoints: oc
    .input(z.object({ commandId, points: z.int().min(0).max(1_000_000_000) }))
    .output(cartChanged)
    .errors({
      ...addErrors,
      /** More than the customer has as this replica knows it; nobody's points are 0. */
      POINTS_BALANCE: { data: z.object({ balance: z.int() }) },
    }),
};
