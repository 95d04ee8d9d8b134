import { oc } from '@orpc/contract';
import { z } from 'zod';
import { tillErrors } from '#shared/auth/calls.ts';
import { packWords } from '#shared/catalog/pack-words.ts';

/** Another store that has a pack, as HQ told it last; the till may be offline since. */
const holder = z.object({
  storeId: z.string(),
  /** 'S01'. */
  code: z.string(),
  name: z.string(),
  addressLines: z.array(z.string()),
  qtyBase: z.int(),
  /** It has this or more. */
  atLeast: z.boolean(),
  /** Instant (UTC ms) as of which this holds. */
  asOf: z.int(),
  ageMs: z.int(),
  /** Too old to be relied on. */
  isOld: z.boolean(),
});
export type HolderView = z.infer<typeof holder>;

export const elsewhereCalls = {
  /** Who else in the chain has a pack: never asks HQ. */
  elsewhere: oc
    .input(z.object({ packId: z.string() }))
    .output(
      packWords.extend({
        weighed: z.boolean(),
        /** What may be sold in this store today. */
        onHandBase: z.int(),
        holders: z.array(holder),
        /** Stores that have none, by what was told. */
        without: z.int(),
        /** Stores nothing was told of. */
        unknown: z.int(),
      }),
    )
    .errors({ ...tillErrors, NOT_FOUND: {} }),
};
