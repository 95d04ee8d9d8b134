import { oc } from '@orpc/contract';
import { z } from 'zod';
import { tillErrors } from '#shared/auth/calls.ts';

/** Foreign cash as it is handed over; what it is worth is the tender's amount. */
export const foreignGiven = z.object({
  currency: z.string().regex(/^[A-Z]{3}$/),
  foreignMinor: z.int().min(1),
});

/** Why foreign cash does not pay. */
export const foreignErrors = {
  /** Not taken here, or worth another amount than was said: the rate changed meanwhile. */
  FOREIGN_RATE: { data: z.object({ currency: z.string() }) },
} as const;

export const foreignCashCalls = {
  /** The currencies this store takes beside its own, at their stored rates. */
  foreignCash: oc.output(z.array(z.object({ currency: z.string(), ratePpm: z.int() }))).errors(tillErrors),
};
