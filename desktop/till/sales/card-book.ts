import { idOfName } from '#shared/kernel/ids.ts';
import { sumMinor } from '#shared/kernel/money.ts';
import {
  type CardAttempt,
  type CardFacts,
  type CardOutcome,
  firstOutcomes,
  type OpenAttempt,
  openAttempts,
  type RefundIdOf,
} from '#shared/sales/card-attempts.ts';
import type { RefundAttempt } from '#shared/sales/card-refunds.ts';
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
      `SELECT a.id FROM card_attempt a WHERE a.till_id = ? AND a.at >= ? AND EXISTS (SELECT 1 FROM tender t WHERE t.id = a.id)`,
    )
    .pluck();
  const one = db.prepare<[string, string], Omit<BookedAttempt, 'outcome'>>(
    `SELECT id, kind, amount_minor AS amountMinor, at, currency, actor_id AS actorId
     FROM card_attempt WHERE id = ? AND till_id = ?`,
  );
  const outcomesOf = db.prepare<[string], CardOutcome>(
    `SELECT id, attempt_id AS attemptId, outcome, reference, at FROM card_outcome WHERE attempt_id = ?`,
  );
  const tills = db.prepare<[string], { id: string; name: string }>(
    `SELECT id, name FROM till WHERE store_id = ? AND NOT deleted`,
  );
  const anyOnes = db.prepare<[string], { amountMinor: number; spent: 0 | 1 }>(
    `SELECT amount_minor AS amountMinor, EXISTS (SELECT 1 FROM refund_tender r WHERE r.id = a.id) AS spent
     FROM card_attempt a WHERE id = ?`,
  );
  const taken = db
    .prepare<[string], number>(
      `SELECT coalesce(sum(t.amount_minor), 0) FROM tender t JOIN card_attempt a ON a.id = t.id WHERE t.sale_id = ?`,
    )
    .pluck();
  /** Nothing before it is open: years of attempts are looked through once, when the till starts. */
  let since: number | null = null;

  const factsSince = (at: number): CardFacts => ({
    attempts: attemptsSince.all(tillId, at),
    outcomes: outcomesSince.all(tillId, at),
    spent: new Set(spentSince.all(tillId, at)),
  });
  const outcomeOf = (attemptId: string): CardOutcome | null =>
    firstOutcomes(outcomesOf.all(attemptId)).get(attemptId) ?? null;
  const find = (attemptId: string): BookedAttempt | null => {
    const row = one.get(attemptId, tillId);
    return row ? { ...row, outcome: outcomeOf(attemptId) } : null;
  };
  /** A till's attempts to give money of a sale back, in their order. */
  const refundsOf = (ofTill: string, saleId: string): RefundAttempt[] => {
    const attempts: RefundAttempt[] = [];
    for (;;) {
      const id = saleRefundId(ofTill, saleId, attempts.length);
      const row = anyOnes.get(id);
      if (!row) return attempts;
      attempts.push({ id, amountMinor: row.amountMinor, outcome: outcomeOf(id), spent: row.spent === 1 });
    }
  };
  return {
    find,
    /**
     * The card money of a sale: what terminals took and no other counter gave back, what this till's was asked to give back,
     * the id of its next attempt, and another counter where it is not known here what became of one.
     */
    ofSale(saleId: string) {
      const attempts = refundsOf(tillId, saleId);
      const nextId = saleRefundId(tillId, saleId, attempts.length);
      const tookMinor = taken.get(saleId) ?? 0;
      // Nearly all sales: no terminal took anything, and nobody else is asked.
      const others = tookMinor === 0 ? [] : tills.all(counter.storeId).filter(({ id }) => id !== tillId);
      const elsewhere = others.map(({ id, name }) => ({ name, attempts: refundsOf(id, saleId) }));
      const gaveMinor = sumMinor(
        elsewhere.flatMap((one) => one.attempts.filter(isApproved)).map(({ amountMinor }) => amountMinor),
      );
      const busy = elsewhere.find((one) => one.attempts.some(isOpen));
      return {
        attempts,
        nextId,
        takenMinor: Math.max(0, tookMinor - gaveMinor),
        busyTill: busy?.name ?? null,
      };
    },
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

const isApproved = ({ outcome }: RefundAttempt): boolean => outcome?.outcome === 'approved';
/** Unknown, or given back and not in a return yet. */
const isOpen = (attempt: RefundAttempt): boolean =>
  attempt.outcome === null || (isApproved(attempt) && !attempt.spent);

const refundIdOf: RefundIdOf = (chargeId, n) => idOfName(sha256, `card_attempt:refund:${chargeId}:${n}`);

/**
 * The n-th attempt of a till to give money of a sale back. By its name every counter that has heard of it knows that it
 * was made; the till is part of it, for two that are apart may both try.
 */
const saleRefundId = (ofTill: string, saleId: string, n: number): string =>
  idOfName(sha256, `card_attempt:return:${ofTill}:${saleId}:${n}`);

/** Attempts of the last day are folded whenever somebody pays by card: some hundreds at most. */
const LATELY_MS = 24 * 3_600_000;
