import { oc } from '@orpc/contract';
import { z } from 'zod';
import { tillErrors } from '#shared/auth/calls.ts';
import { packWords } from './pack-words.ts';

/** A pack that may stand for another (substitutes.ts), as the counter offers it. Money for `qtyBase` base units. */
const substitute = packWords.extend({
  weighed: z.boolean(),
  onHandBase: z.int(),
  /** Of the first to go; null where none may be sold. */
  expiresOn: z.iso.date().nullable(),
  qtyBase: z.int(),
  packPriceMinor: z.int().nullable(),
  amountMinor: z.int().nullable(),
  /** Above 0: dearer than what was asked for. */
  differenceMinor: z.int().nullable(),
});
export type SubstituteView = z.infer<typeof substitute>;

export const substituteCalls = {
  /** What may be handed over in place of a pack, best first; `wantBase` is one pack where nothing is said. */
  substitutes: oc
    .input(z.object({ packId: z.string(), wantBase: z.int().min(1).max(1_000_000).optional() }))
    .output(
      z.object({
        name: z.string(),
        packSize: z.int(),
        weighed: z.boolean(),
        wantBase: z.int(),
        amountMinor: z.int().nullable(),
        rows: z.array(substitute),
      }),
    )
    .errors({ ...tillErrors, NOT_FOUND: {} }),
};
