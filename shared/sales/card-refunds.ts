import { sumMinor } from '#shared/kernel/money.ts';
import type { CardOutcome } from './card-attempts.ts';

/** An attempt to give card money of one sale back. `spent`: a return has it as its refund. */
export type RefundAttempt = {
  readonly id: string;
  readonly amountMinor: number;
  readonly outcome: Pick<CardOutcome, 'outcome' | 'reference' | 'at'> | null;
  readonly spent: boolean;
};

/** Money a terminal gave back, and no return says so yet. */
export type GivenBack = {
  readonly id: string;
  readonly amountMinor: number;
  readonly reference: string | null;
  readonly at: number;
};

/** What is known of a sale's card money when goods of it come back. */
export type CardRefundFacts = {
  /** What goes back by card now. */
  readonly cardMinor: number;
  /** What terminals took for the sale. A card typed by hand is given back by hand. */
  readonly takenMinor: number;
  readonly attempts: readonly RefundAttempt[];
};

export type CardRefundStep =
  /** Nobody knows what became of an earlier attempt: first that. */
  | { readonly do: 'settle'; readonly attempt: RefundAttempt }
  /** More went back already than is to go back now. */
  | { readonly do: 'less'; readonly givenMinor: number }
  | { readonly do: 'ask'; readonly amountMinor: number; readonly given: readonly GivenBack[] }
  /** The terminal has given all it is to give, if anything. */
  | { readonly do: 'write'; readonly given: readonly GivenBack[] };

/**
 * What has to happen before a return whose money goes back to a card is written. A terminal is asked for what it took and
 * has not given back, never while an earlier attempt for the sale is unknown, and what it gave without a return that says
 * so (the till ended in between, an exchange that was not paid) is taken first. What is left beyond it a person gives back
 * by hand.
 */
export function cardRefundStep({ cardMinor, takenMinor, attempts }: CardRefundFacts): CardRefundStep {
  const unknown = attempts.find(({ outcome }) => outcome === null);
  if (unknown) return { do: 'settle', attempt: unknown };
  const approved = attempts.filter(({ outcome }) => outcome?.outcome === 'approved');
  const given = approved.flatMap(givenBack);
  const givenMinor = sumMinor(given.map(({ amountMinor }) => amountMinor));
  if (givenMinor > cardMinor) return { do: 'less', givenMinor };
  const leftMinor = Math.max(0, takenMinor - sumMinor(approved.map(({ amountMinor }) => amountMinor)));
  const amountMinor = Math.min(cardMinor - givenMinor, leftMinor);
  return amountMinor > 0 ? { do: 'ask', amountMinor, given } : { do: 'write', given };
}

const givenBack = ({ id, amountMinor, outcome, spent }: RefundAttempt): GivenBack[] =>
  outcome === null || spent ? [] : [{ id, amountMinor, reference: outcome.reference, at: outcome.at }];
