import { oc } from '@orpc/contract';
import { z } from 'zod';
import { tillErrors } from '#shared/auth/calls.ts';
import { weighingTroubles, weightUnits } from './weighing.ts';

export const scaleCalls = {
  /** Asks the scale once, now. */
  weigh: oc
    .output(
      z.union([
        z.object({
          code: z.literal('weighed'),
          weight: z.object({ amount: z.int(), decimals: z.int(), unit: z.enum(weightUnits) }),
        }),
        z.object({ code: z.enum(weighingTroubles) }),
      ]),
    )
    .errors(tillErrors),
};
