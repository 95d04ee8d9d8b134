import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { commandId, tillErrors } from '#shared/auth/calls.ts';

/**
 * An attempt at the card terminal. `asking`: the terminal is being asked now; `unknown`: it did not say; `reason`: why it
 * refused, in the terminal's words, told once.
 */
const cardAttemptView = z.object({
  attemptId: z.string(),
  kind: z.enum(['charge', 'refund']),
  amountMinor: z.int(),
  at: z.int(),
  state: z.enum(['asking', 'unknown', 'approved', 'declined', 'not-charged']),
  reference: z.string().nullable(),
  reason: z.string().nullable(),
  /** Of the sale whose goods come back, for their money; else null. */
  receiptNo: z.string().nullable(),
});
export type CardAttemptView = z.infer<typeof cardAttemptView>;

/** `terminal` null: slips are typed by hand. `attempts`: what a person has to see to, the oldest first. */
const cardsView = z.object({ terminal: z.string().nullable(), attempts: z.array(cardAttemptView) });
export type CardsView = z.infer<typeof cardsView>;

/** Why a card does not pay. */
export const cardErrors = {
  /** An attempt of the same amount, or any that is being asked now, has to be seen to first. */
  CARD_UNSETTLED: { data: z.object({ attemptId: z.string(), amountMinor: z.int() }) },
  /** The terminal did not approve this attempt for this amount, or another sale has it. */
  CARD_NOT_TAKEN: {},
} as const;

/** Why card money of goods that come back was not given back; nothing of the return is written. */
export const cardRefundErrors = {
  /** What became of an attempt has to be said first: by the terminal, or by who read its slip. */
  CARD_UNSETTLED: cardErrors.CARD_UNSETTLED,
  /** The terminal refused, in its own words. */
  CARD_REFUSED: {
    data: z.object({
      kind: z.literal('refund'),
      state: z.enum(['declined', 'not-charged']),
      reason: z.string().nullable(),
    }),
  },
  /** Another counter is giving money of this sale back, and it is not known here what became of it. */
  REFUND_ELSEWHERE: { data: z.object({ tillName: z.string() }) },
  /** The terminal gave back more than this already, and no return says so: more of the goods has to come back. */
  REFUND_GIVEN: { data: z.object({ givenMinor: z.int() }) },
} as const;

const attemptId = z.string().max(64);

/** The card terminal. An attempt is on disk before the terminal is asked, and is charged once however often it is asked about. */
export const cardCalls = {
  cards: {
    state: oc.output(eventIterator(cardsView)).errors(tillErrors),
    /** Waits for the terminal. `holding`: attempts this payment has taken already. */
    charge: oc
      .input(
        z.object({
          commandId,
          amountMinor: z.int().min(1).max(1_000_000_000_000),
          holding: z.array(attemptId).max(20),
        }),
      )
      .output(cardAttemptView)
      .errors({ ...tillErrors, CARD_UNSETTLED: cardErrors.CARD_UNSETTLED, NO_TERMINAL: {} }),
    /** Asks the terminal what became of an attempt; it is never charged by this. */
    ask: oc
      .input(z.object({ attemptId }))
      .output(cardAttemptView)
      .errors({ ...tillErrors, NOT_FOUND: {}, NO_TERMINAL: {} }),
    /** A person read the terminal's slip. What is settled already stays as it is. */
    settle: oc
      .input(
        z.object({
          attemptId,
          outcome: z.enum(['approved', 'not-charged']),
          reference: z.string().trim().max(64),
        }),
      )
      .output(cardAttemptView)
      .errors({ ...tillErrors, NOT_FOUND: {}, CARD_UNSETTLED: cardErrors.CARD_UNSETTLED }),
    /** Gives back a charge that no sale has; answers with the attempt to do so, unknown where the terminal cannot. */
    giveBack: oc
      .input(z.object({ commandId, attemptId }))
      .output(cardAttemptView)
      .errors({ ...tillErrors, ...cardErrors }),
  },
};
