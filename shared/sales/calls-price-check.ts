import { oc } from '@orpc/contract';
import { z } from 'zod';
import { tillErrors } from '#shared/auth/calls.ts';
import { packWords } from '#shared/catalog/pack-words.ts';
import { soldAsWords } from '#shared/catalog/sold-as.ts';
import { batchView } from '#shared/inventory/calls.ts';

/** A pack as somebody asks what it costs: nothing of it concerns the sale in progress. */
const checkedPack = packWords.extend({
  priceMinor: z.int().nullable(),
  taxPct3: z.array(z.int()),
  /** Sold by weight: its quantities read as weights, its price is of so many grams. */
  weighed: z.boolean(),
  /** Null: from stock. */
  soldAs: z.enum(soldAsWords).nullable(),
  /** All that may be sold today. */
  onHandBase: z.int(),
  batches: z.array(batchView),
  /** How many others on hand may stand for it. */
  substitutes: z.int(),
});
export type CheckedPack = z.infer<typeof checkedPack>;

export const priceCheckCalls = {
  /** Price, stock by batch and substitutes of the pack that was scanned or chosen. */
  priceCheck: oc
    .input(z.union([z.object({ code: z.string().max(4096) }), z.object({ packId: z.string() })]))
    .output(checkedPack)
    .errors({
      ...tillErrors,
      BAD_CODE: { data: z.object({ reason: z.string(), position: z.int().nullable() }) },
      UNKNOWN_CODE: { data: z.object({ code: z.string() }) },
      NOT_FOUND: {},
    }),
};
