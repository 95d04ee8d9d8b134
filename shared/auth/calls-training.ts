import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { inPlace, inPlaceErrors, tillErrors } from './calls.ts';

const trainingView = z.object({
  /** The training that is on; null while the till is the real one. */
  on: z.object({ trainingId: z.string(), since: z.int().nonnegative(), startedBy: z.string() }).nullable(),
});
export type TrainingView = z.infer<typeof trainingView>;

/** Made by who begins: asked for again after a lost answer, the training that is on is answered. */
const trainingId = z.uuid();

/**
 * Training: a till of its own, made of the real one as it is now, and thrown away afterwards. These calls are about the
 * real till. What is done in training goes through `practice` (shared/contract.ts) and reaches nothing but that till.
 */
export const trainingCalls = {
  state: oc.output(eventIterator(trainingView)),
  /** Needs `auth.training`, own or lent in place. Answered once the till to practise on is open. */
  begin: oc
    .input(z.object({ trainingId, inPlace: inPlace.optional() }))
    .output(trainingView)
    .errors({
      ...tillErrors,
      ...inPlaceErrors,
      /** Another training is on, or is being made ready. */
      TRAINING_ON: {},
      /** A card terminal was asked and nobody knows what it did, or it took money that no sale has. */
      CARD_UNSETTLED: { data: z.object({ attempts: z.int() }) },
      /** Who was signed in when it was asked for is not any more. */
      CHANGED_HANDS: {},
      /** This till has nowhere to keep a second database. */
      NO_TRAINING_HERE: {},
    }),
  /** Back to the real till. Repeated, or over already, it is answered the same. */
  end: oc.input(z.object({ trainingId })).output(trainingView).errors({ NOT_ENROLLED: {} }),
};
