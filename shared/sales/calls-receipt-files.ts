import { oc } from '@orpc/contract';
import { z } from 'zod';
import { commandId, tillErrors } from '#shared/auth/calls.ts';
import { receiptDesign } from '#shared/auth/receipt-design.ts';

/** PDF: one page as long as the receipt, with text that can be selected. PNG: a picture of it. */
export const receiptFileFormats = ['pdf', 'png'] as const;
export type ReceiptFileFormat = (typeof receiptFileFormats)[number];

const format = z.enum(receiptFileFormats);
const file = z.object({ fileName: z.string(), base64: z.string() });
const fileErrors = { ...tillErrors, NOT_FOUND: {}, NO_PAPER_MAKER: {} } as const;

/** Receipts as files, with what stands on paper and nothing else. */
export const receiptFileCalls = {
  receiptFiles: {
    /** Of a sale or a return. It says COPY like every paper but the first, and needs the right to print again. */
    save: oc
      .input(z.object({ commandId, documentId: z.string(), format }))
      .output(file)
      .errors(fileErrors),
    /** A sample sale in a design that need not be saved. */
    sample: oc
      .input(z.object({ design: receiptDesign, format }))
      .output(file)
      .errors(fileErrors),
  },
};
