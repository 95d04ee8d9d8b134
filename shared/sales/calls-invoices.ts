import { oc } from '@orpc/contract';
import { z } from 'zod';
import { commandId, tillErrors } from '#shared/auth/calls.ts';

const buyer = z.object({
  name: z.string().trim().min(1).max(120),
  address: z.array(z.string().trim().max(80)).max(6),
  taxNumber: z.string().trim().max(40).nullable(),
});

const invoiceState = z.object({
  receiptNo: z.string(),
  /** Of the sale; the invoice is made out to them unless somebody says otherwise. */
  customerId: z.string().nullable(),
  /** There is one already: asked for again, it is printed as a copy. */
  invoice: z
    .object({
      invoiceNo: z.string(),
      buyer: buyer.nullable(),
      /** Why there is no buyer: a customer who was erased, or whose key has not come to this till. */
      gone: z.enum(['erased', 'key-missing']).nullable(),
    })
    .nullable(),
});
export type InvoiceState = z.infer<typeof invoiceState>;

/** Tax invoices of completed sales, on request. */
export const invoiceCalls = {
  invoices: {
    of: oc
      .input(z.object({ saleId: z.string() }))
      .output(invoiceState)
      .errors({ ...tillErrors, NOT_FOUND: {} }),
    /**
     * Makes the sale's invoice and gives its PDF. A sale has one: asked for again, by another command, the first is given
     * as a COPY with the buyer it has.
     */
    make: oc
      .input(z.object({ commandId, saleId: z.string(), buyer }))
      .output(
        z.object({ invoiceNo: z.string(), copy: z.boolean(), fileName: z.string(), base64: z.string() }),
      )
      .errors({
        ...tillErrors,
        NOT_FOUND: {},
        NO_PAPER_MAKER: {},
        /** The buyer's details cannot be read here yet. */
        KEY_MISSING: {},
      }),
  },
};
