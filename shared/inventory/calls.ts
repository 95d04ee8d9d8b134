import { oc } from '@orpc/contract';
import { z } from 'zod';
import { tillErrors } from '#shared/auth/calls.ts';

export const batchView = z.object({
  batchId: z.string(),
  code: z.string(),
  expiresOn: z.iso.date(),
  daysLeft: z.int(),
  onHandBase: z.int(),
  /** Null where it may be sold; else why not. */
  stopped: z.enum(['expired', 'short-life', 'recalled', 'quarantined', 'none-on-hand']).nullable(),
  /** FEFO order among those that may be sold, from 1; null for the others. */
  fefo: z.int().nullable(),
});
export type BatchView = z.infer<typeof batchView>;

export const inventoryTillCalls = {
  batches: oc
    .input(z.object({ packId: z.string() }))
    .output(z.array(batchView))
    .errors({ ...tillErrors, NOT_FOUND: {} }),
};
