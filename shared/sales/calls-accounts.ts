import { oc } from '@orpc/contract';
import { z } from 'zod';
import { commandId, inPlace, inPlaceErrors, tillErrors } from '#shared/auth/calls.ts';

const amount = z.int().min(1).max(1_000_000_000_000);

/** A customer's standing with this store. `balanceMinor`: what they owe, as this replica knows it. */
const accountView = z.object({
  customerId: z.string(),
  limitMinor: z.int(),
  balanceMinor: z.int(),
  points: z.int(),
  priceListId: z.string().nullable(),
  taxExemption: z.string().nullable(),
});
export type AccountView = z.infer<typeof accountView>;

/** Customers' accounts with the store, and vouchers. */
export const accountCalls = {
  account: oc
    .input(z.object({ customerId: z.string() }))
    .output(accountView)
    .errors({ ...tillErrors, NOT_FOUND: {} }),
  /** The limit, and what exempts from tax ('' for nothing). */
  setAccount: oc
    .input(
      z.object({
        commandId,
        customerId: z.string(),
        limitMinor: z.int().min(0).max(1_000_000_000_000),
        taxExemption: z.string().trim().max(40),
        inPlace: inPlace.optional(),
      }),
    )
    .output(accountView)
    .errors({ ...tillErrors, ...inPlaceErrors, NOT_FOUND: {} }),
  /** Money brought for what is owed. More than is owed stands to the customer's credit. */
  payAccount: oc
    .input(
      z.object({
        commandId,
        customerId: z.string(),
        amountMinor: amount,
        tenderKind: z.enum(['cash', 'card', 'mobile']),
        reason: z.string().trim().max(60),
      }),
    )
    .output(accountView)
    .errors({ ...tillErrors, NOT_FOUND: {} }),
  voucher: oc
    .input(z.object({ code: z.string().trim().min(1).max(40) }))
    .output(z.object({ code: z.string(), known: z.boolean(), balanceMinor: z.int() }))
    .errors(tillErrors),
};

/** Why an account or a voucher does not pay. */
export const ledgerErrors = {
  ACCOUNT_NEEDS_CUSTOMER: {},
  ACCOUNT_LIMIT: { data: z.object({ limitMinor: z.int(), balanceMinor: z.int() }) },
  VOUCHER_NEEDS_CODE: {},
  VOUCHER_BALANCE: { data: z.object({ code: z.string(), balanceMinor: z.int() }) },
  VOUCHER_UNKNOWN: { data: z.object({ code: z.string(), leftOfQuotaMinor: z.int() }) },
} as const;
