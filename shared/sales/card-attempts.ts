/** A terminal is about to be asked: the part of a `card_attempt` that decides what stands open. */
export type CardAttempt = {
  readonly id: string;
  readonly kind: 'charge' | 'refund';
  readonly amountMinor: number;
  readonly at: number;
};

/** What became of an attempt: the part of a `card_outcome` that counts. */
export type CardOutcome = {
  readonly id: string;
  readonly attemptId: string;
  readonly outcome: 'approved' | 'declined' | 'not-charged';
  readonly reference: string | null;
  readonly at: number;
};

/** `unknown`: nobody has said yet what became of it. `approved`: money was taken and no sale has it. */
export type OpenAttempt = CardAttempt & {
  readonly state: 'unknown' | 'approved';
  readonly reference: string | null;
  /** When it was approved. */
  readonly approvedAt: number | null;
};

export type CardFacts = {
  readonly attempts: readonly CardAttempt[];
  readonly outcomes: readonly CardOutcome[];
  /** Attempts that are the tender of a sale: a tender that a terminal approved has its attempt's id. */
  readonly spent: ReadonlySet<string>;
};

/** The id of the n-th attempt (from 0) to give a charge back: the next one is made when the one before was refused. */
export type RefundIdOf = (chargeId: string, n: number) => string;

/** Of several outcomes of one attempt the first counts, by its time and then its id, in whatever order they came. */
export function firstOutcomes(outcomes: readonly CardOutcome[]): ReadonlyMap<string, CardOutcome> {
  const first = new Map<string, CardOutcome>();
  for (const outcome of outcomes) {
    const present = first.get(outcome.attemptId);
    if (!present || isBefore(outcome, present)) first.set(outcome.attemptId, outcome);
  }
  return first;
}

/**
 * What a person has to see to before the same amount is charged again, the oldest first: attempts of unknown outcome, and
 * charges that were approved without a sale (the till ended in between), unless they were given back. A charge that is
 * being given back shows as that attempt alone.
 */
export function openAttempts(facts: CardFacts, refundIdOf: RefundIdOf): readonly OpenAttempt[] {
  const outcomes = firstOutcomes(facts.outcomes);
  const byId = new Map(facts.attempts.map((attempt) => [attempt.id, attempt]));
  const isOpen = (attempt: CardAttempt): boolean => {
    if (facts.spent.has(attempt.id)) return false;
    const outcome = outcomes.get(attempt.id)?.outcome;
    if (attempt.kind === 'refund' || outcome !== 'approved') return outcome === undefined;
    const tried = refundsOf(attempt.id, byId, refundIdOf);
    return tried === 0 || isRefused(outcomes.get(refundIdOf(attempt.id, tried - 1)));
  };
  return [...byId.values()]
    .filter(isOpen)
    .toSorted((a, b) => (isBefore(a, b) ? -1 : 1))
    .map((attempt) => withState(attempt, outcomes.get(attempt.id)));
}

/** How often it was tried to give a charge back. */
export function refundsOf(
  chargeId: string,
  attempts: ReadonlyMap<string, unknown>,
  refundIdOf: RefundIdOf,
): number {
  let n = 0;
  while (attempts.has(refundIdOf(chargeId, n))) n += 1;
  return n;
}

/**
 * Why this amount may not be charged by card now: an open attempt of the same amount that this payment does not hold
 * already. A second charge of the same amount is what an unknown outcome must never become.
 */
export const standsInTheWay = (
  open: readonly OpenAttempt[],
  amountMinor: number,
  held: ReadonlySet<string>,
): OpenAttempt | undefined =>
  open.find((attempt) => attempt.amountMinor === amountMinor && !held.has(attempt.id));

const isRefused = (outcome: CardOutcome | undefined): boolean =>
  outcome !== undefined && outcome.outcome !== 'approved';

const withState = ({ id, kind, amountMinor, at }: CardAttempt, outcome?: CardOutcome): OpenAttempt => ({
  ...{ id, kind, amountMinor, at, state: outcome ? 'approved' : 'unknown' },
  ...{ reference: outcome?.reference ?? null, approvedAt: outcome?.at ?? null },
});

type Placed = { readonly id: string; readonly at: number };
const isBefore = (a: Placed, b: Placed): boolean => a.at < b.at || (a.at === b.at && a.id < b.id);
