import { idOfName } from '#shared/kernel/ids.ts';
import {
  type CardAttempt,
  type CardFacts,
  type CardOutcome,
  firstOutcomes,
  type OpenAttempt,
  openAttempts,
  type RefundIdOf,
} from '#shared/sales/card-attempts.ts';
import type { RowOf } from '#shared/schema.ts';
import type { Counter } from '../counter.ts';
import { sha256 } from '../store/crypto.ts';

/** An attempt as its row has it, and what became of it first. */
export type BookedAttempt = CardAttempt & {
  readonly currency: string;
  readonly actorId: string;
  readonly outcome: CardOutcome | null;
};

/** The attempts of this till at card terminals, as facts on its disk. What is open is folded out of them anew each time. */
export function createCardBook(counter: Counter) {
  const { db, tillId, clock } = counter;
  const oldestOpen = db
    .prepare<[string], number | null>(
      `SELECT min(a.at) FROM card_attempt a WHERE a.till_id = ? AND (
         NOT EXISTS (SELECT 1 FROM card_outcome o WHERE o.attempt_id = a.id)
         OR (a.kind = 'charge' AND NOT EXISTS (SELECT 1 FROM tender t WHERE t.id = a.id)
           AND EXISTS (SELECT 1 FROM card_outcome o WHERE o.attempt_id = a.id AND o.outcome = 'approved')))`,
    )
    .pluck();
  const attemptsSince = db.prepare<[string, number], CardAttempt>(
    `SELECT id, kind, amount_minor AS amountMinor, at FROM card_attempt WHERE till_id = ? AND at >= ?`,
  );
  const outcomesSince = db.prepare<[string, number], CardOutcome>(
    `SELECT o.id, o.attempt_id AS attemptId, o.outcome, o.reference, o.at
     FROM card_attempt a JOIN card_outcome o ON o.attempt_id = a.id WHERE a.till_id = ? AND a.at >= ?`,
  );
  const spentSince = db
    .prepare<[string, number], string>(
      `SELECT a.id FROM card_attempt a JOIN tender t ON t.id = a.id WHERE a.till_id = ? AND a.at >= ?`,
    )
    .pluck();
  const one = db.prepare<[string, string], Omit<BookedAttempt, 'outcome'>>(
    `SELECT id, kind, amount_minor AS amountMinor, at, currency, actor_id AS actorId
     FROM card_attempt WHERE id = ? AND till_id = ?`,
  );
  const outcomesOf = db.prepare<[string], CardOutcome>(
    `SELECT id, attempt_id AS attemptId, outcome, reference, at FROM card_outcome WHERE attempt_id = ?`,
  );
  /** Nothing before it is open: years of attempts are looked through once, when the till starts. */
  let since: number | null = null;

  const factsSince = (at: number): CardFacts => ({
    attempts: attemptsSince.all(tillId, at),
    outcomes: outcomesSince.all(tillId, at),
    spent: new Set(spentSince.all(tillId, at)),
  });
  const find = (attemptId: string): BookedAttempt | null => {
    const row = one.get(attemptId, tillId);
    return row ? { ...row, outcome: firstOutcomes(outcomesOf.all(attemptId)).get(attemptId) ?? null } : null;
  };
  return {
    find,
    open(): readonly OpenAttempt[] {
      const lately = clock.nowMs() - LATELY_MS;
      const from = Math.min(since ?? oldestOpen.get(tillId) ?? lately, lately);
      const open = openAttempts(factsSince(from), refundIdOf);
      since = Math.min(lately, ...open.map(({ at }) => at));
      return open;
    },
    /** The row of the attempt that gives a charge back, unless one is under way or was approved. */
    nextRefundId(chargeId: string): string {
      let n = 0;
      while (find(refundIdOf(chargeId, n))) n += 1;
      return refundIdOf(chargeId, n);
    },
    /** Writes the attempt down, in the caller's transaction, before any terminal hears of it. */
    begin(
      attempt: Pick<RowOf<'card_attempt'>, 'id' | 'kind' | 'amountMinor' | 'terminal' | 'actorId'>,
    ): void {
      const { nowMs: at, business: businessDate } = counter.today();
      const { storeId } = counter;
      const currency = counter.shop().currency;
      const row: RowOf<'card_attempt'> = { ...attempt, storeId, tillId, currency, at, businessDate };
      counter.replica.record({
        type: 'card-attempt',
        actor: attempt.actorId,
        subjectId: null,
        changes: [{ t: 'card_attempt', op: 'insert', row }],
      });
      since = Math.min(since ?? at, at);
    },
    /** Writes down what became of it, in the caller's transaction. The caller has looked that nothing had before. */
    conclude(
      outcome: Pick<RowOf<'card_outcome'>, 'attemptId' | 'outcome' | 'by' | 'reference' | 'actorId'>,
    ): void {
      const { nowMs: at, business: businessDate } = counter.today();
      const { storeId } = counter;
      const row: RowOf<'card_outcome'> = {
        ...outcome,
        ...{ id: counter.ids.next(), storeId, tillId, at, businessDate },
      };
      counter.replica.record({
        type: 'card-outcome',
        actor: outcome.actorId,
        subjectId: null,
        changes: [{ t: 'card_outcome', op: 'insert', row }],
      });
    },
  };
}

const refundIdOf: RefundIdOf = (chargeId, n) => idOfName(sha256, `card_attempt:refund:${chargeId}:${n}`);

/** Attempts of the last day are folded whenever somebody pays by card: some hundreds at most. */
const LATELY_MS = 24 * 3_600_000;
