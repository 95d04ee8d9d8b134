import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { commandId, tillErrors } from '#shared/auth/calls.ts';
import { addErrors, cartChanged } from './calls-cart.ts';

const heldView = z.object({
  heldId: z.string(),
  name: z.string(),
  at: z.int(),
  tillName: z.string(),
  personName: z.string(),
  lineCount: z.int(),
  totalMinor: z.int(),
});
export type HeldView = z.infer<typeof heldView>;

export const heldChange = z.intersection(
  z.object({ lineId: z.string(), name: z.string() }),
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('price'), wasMinor: z.int(), isMinor: z.int() }),
    z.object({ kind: z.literal('left-out') }),
    z.object({ kind: z.literal('short'), missingBase: z.int() }),
    z.object({ kind: z.literal('stopped'), why: z.string() }),
  ]),
);
export type HeldChangeView = z.infer<typeof heldChange>;

/** Sales put aside, at every counter of the store. */
export const heldCalls = {
  hold: oc
    .input(z.object({ commandId, name: z.string().trim().max(60) }))
    .output(cartChanged)
    .errors({ ...addErrors, EMPTY_CART: {} }),
  /** Those that wait, the latest first, and again with every change. */
  held: oc.output(eventIterator(z.array(heldView))).errors(tillErrors),
  /** Takes one up again; what is no longer as it was is said. */
  recall: oc
    .input(z.object({ commandId, heldId: z.string() }))
    .output(cartChanged.extend({ changes: z.array(heldChange) }))
    .errors({
      ...addErrors,
      /** Another sale is in progress: it has to be held or cleared first. */
      SALE_IN_PROGRESS: {},
      ALREADY_RECALLED: { data: z.object({ tillName: z.string(), at: z.int() }) },
    }),
  discardHeld: oc
    .input(z.object({ commandId, heldId: z.string() }))
    .output(z.object({}))
    .errors({ ...tillErrors, NOT_FOUND: {} }),
};
