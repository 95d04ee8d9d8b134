import { oc } from '@orpc/contract';
import { z } from 'zod';
import { commandId, tillErrors } from '#shared/auth/calls.ts';
import { receiptDesign } from '#shared/auth/receipt-design.ts';

export const receiptDesignCalls = {
  receiptDesign: oc.output(receiptDesign).errors(tillErrors),
  /** A sample sale on this counter's paper, designed so. */
  previewReceiptDesign: oc
    .input(receiptDesign)
    .output(z.object({ svg: z.string(), text: z.string() }))
    .errors(tillErrors),
  /** For all tills of the store. */
  saveReceiptDesign: oc
    .input(z.object({ commandId, design: receiptDesign }))
    .output(z.object({}))
    .errors(tillErrors),
};
