import { z } from 'zod';
import { isLogo } from './logo.ts';

const lines = z.array(z.string().max(120)).max(8);

/**
 * What a store prints around its sales. What the law asks for cannot be left out: the shop's name, its tax number, the
 * taxes, the number of the receipt.
 */
export const receiptDesign = z.object({
  /** A PNG as a data URL, printed on top at half the paper's width at most. */
  logo: z.string().refine(isLogo).nullable().default(null),
  /** Below the name and address. */
  header: lines.default([]),
  /** At the foot; null is the store's one line (`receiptFooter`). */
  footer: lines.nullable().default(null),
  show: z
    .object({ address: z.boolean(), licence: z.boolean(), cashier: z.boolean(), batches: z.boolean() })
    .default({ address: true, licence: true, cashier: true, batches: true }),
  /** The receipt's number as a code that a counter scans for a return. */
  code: z.enum(['qr', 'code128', 'none']).default('qr'),
});
export type ReceiptDesign = z.infer<typeof receiptDesign>;
