import { z } from 'zod';
import { idOfName } from '#shared/kernel/ids.ts';
import type { CardAttemptView, CardsView } from '#shared/sales/calls-cards.ts';
import { standsInTheWay } from '#shared/sales/card-attempts.ts';
import { type CardRefundStep, cardRefundStep, type GivenBack } from '#shared/sales/card-refunds.ts';
import { voucherCode } from '#shared/sales/ledger-rules.ts';
import type { Counter } from '../counter.ts';
import type { CardAnswer, CardTerminal, Log } from '../ports.ts';
import { refuse } from '../refuse.ts';
import type { Sessions } from '../sessions.ts';
import { sha256 } from '../store/crypto.ts';
import { type BookedAttempt, createCardBook } from './card-book.ts';
import type { TenderGiven } from './complete-sale.ts';
import { createRefundDrafts, type RefundDraft } from './refund-drafts.ts';

type Deps = {
  readonly counter: Counter;
  readonly sessions: Sessions;
  /** Another once somebody chose so, and never while an attempt is open. */
  readonly terminal: () => CardTerminal | undefined;
  readonly log: Log;
};

export type CardDesk = ReturnType<typeof createCardDesk>;

/**
 * The card terminal of this counter. Every attempt is a fact on disk before the terminal is asked; what became of it is
 * another, written once: whatever is answered later changes nothing. An attempt without an outcome stays until the
 * terminal, asked again, or a person who read its slip has said.
 */
export function createCardDesk({ counter, sessions, terminal: terminalNow, log }: Deps) {
  const { live } = counter;
  const book = createCardBook(counter);
  const drafts = createRefundDrafts(counter);
  const asking = new Map<string, Promise<CardAttemptView>>();
  let stopped = false;
  let onConcluded: Concluded = () => undefined;

  const found = (attemptId: string): BookedAttempt => book.find(attemptId) ?? refuse({ code: 'NOT_FOUND' });
  const view = (attemptId: string, reason: string | null = null): CardAttemptView => {
    const { kind, amountMinor, at, outcome } = found(attemptId);
    const state = outcome?.outcome ?? 'unknown';
    const receiptNo = kind === 'refund' ? (drafts.find(attemptId)?.receiptNo ?? null) : null;
    const reference = outcome?.reference ?? null;
    return { attemptId, kind, amountMinor, at, state, reference, reason, receiptNo };
  };
  const refuseUnsettled = ({ id: attemptId, amountMinor }: { id: string; amountMinor: number }): never =>
    refuse({ code: 'CARD_UNSETTLED', attemptId, amountMinor });

  /** Writes an attempt down once for a command; not `fresh` when the command was carried out before. */
  function begin(commandId: string, make: () => { id: string }): { id: string; fresh: boolean } {
    const { answer, fresh } = counter.once.run({ what: 'card-attempt', commandId, answer: attempted }, make);
    if (fresh) told();
    return { ...answer, fresh };
  }
  function told(): void {
    for (const topic of ['cards', 'sync'] as const) live.changed(topic);
  }

  /** Waits for what the terminal says of an attempt; asked twice at once, it is asked once. */
  function hear(attemptId: string, question: () => Promise<CardAnswer>): Promise<CardAttemptView> {
    const running = asking.get(attemptId);
    if (running) return running;
    const heard = listen(attemptId, question).finally(() => {
      asking.delete(attemptId);
      if (!stopped) told();
    });
    asking.set(attemptId, heard);
    told();
    return heard;
  }
  async function listen(attemptId: string, question: () => Promise<CardAnswer>): Promise<CardAttemptView> {
    const asked = view(attemptId);
    const answer = await question().catch((problem): CardAnswer => {
      log.warn('card-terminal', { problem: String(problem) });
      return { code: 'no-answer' };
    });
    // What is answered to a till that is closing is asked for again when it is open.
    if (stopped || answer.code === 'no-answer') return asked;
    const reference = answer.code === 'approved' ? answer.reference : null;
    conclude(attemptId, { outcome: answer.code, by: 'terminal', reference });
    return view(attemptId, 'reason' in answer ? answer.reason : null);
  }
  function conclude(
    attemptId: string,
    said: Pick<Parameters<typeof book.conclude>[0], 'outcome' | 'by' | 'reference'> & { actorId?: string },
  ): void {
    const after = counter.transact('card-outcome', () => {
      const { actorId, outcome } = found(attemptId);
      if (outcome !== null) return undefined;
      book.conclude({ actorId, ...said, attemptId });
      return onConcluded(attemptId, said.outcome);
    });
    told();
    after?.();
  }

  /** What has to happen before card money of a sale goes back; refuses what a person has to see to first. */
  function stepFor(saleId: string, cardMinor: number, { byHand = false } = {}): Ready {
    const { busyTill, ...facts } = book.ofSale(saleId);
    const step = cardRefundStep({ ...facts, cardMinor });
    if (step.do === 'settle') return refuseUnsettled(step.attempt);
    if (step.do === 'less') return refuse({ code: 'REFUND_GIVEN', givenMinor: step.givenMinor });
    if (busyTill !== null && !byHand) refuse({ code: 'REFUND_ELSEWHERE', tillName: busyTill });
    return step;
  }

  /** The attempt that gives back the money of a gift card among these. */
  function goingBack(tenders: readonly TenderGiven[]): BookedAttempt | undefined {
    const shown = tenders.flatMap(({ kind, reference = '' }) =>
      kind === 'voucher' ? [voucherCode(reference)] : [],
    );
    if (shown.length === 0) return undefined;
    const attemptId = drafts.attemptIds().find((id) => {
      const draft = drafts.find(id);
      return draft && 'cancelled' in draft && draft.cancelled.some(({ code }) => shown.includes(code));
    });
    return attemptId === undefined ? undefined : found(attemptId);
  }

  return {
    state(): CardsView {
      const open = book.open().map(({ id }) => id);
      const given = drafts.attemptIds().filter((id) => !open.includes(id));
      const attempts = [...open, ...given]
        .map((id) => view(id))
        .map((one) => (asking.has(one.attemptId) ? { ...one, state: 'asking' as const } : one));
      return { terminal: terminalNow()?.name ?? null, attempts };
    },

    async charge({ commandId, amountMinor, holding }: Charge): Promise<CardAttemptView> {
      const { personId: actorId } = sessions.require(counter, 'sales.sell');
      const terminal = terminalNow();
      if (!terminal) return refuse({ code: 'NO_TERMINAL' });
      const { id, fresh } = begin(commandId, () => {
        const open = book.open();
        const busy = open.find((attempt) => asking.has(attempt.id));
        const other = busy ?? standsInTheWay(open, amountMinor, new Set(holding));
        if (other) refuseUnsettled(other);
        const id = counter.ids.next();
        book.begin({ id, kind: 'charge', amountMinor, terminal: terminal.name, actorId });
        return { id };
      });
      if (!fresh) return asking.get(id) ?? view(id);
      const { currency } = found(id);
      return hear(id, () => terminal.charge({ attemptId: id, amountMinor, currency }));
    },

    async ask(attemptId: string): Promise<CardAttemptView> {
      sessions.require(counter, 'sales.sell');
      if (found(attemptId).outcome) return view(attemptId);
      const terminal = terminalNow();
      if (!terminal) return refuse({ code: 'NO_TERMINAL' });
      return hear(attemptId, () => terminal.ask(attemptId));
    },

    settle({ attemptId, outcome, reference }: Settle): CardAttemptView {
      const { personId: actorId } = sessions.require(counter, 'sales.sell');
      if (asking.has(attemptId)) refuseUnsettled(found(attemptId));
      const number = outcome === 'approved' && reference !== '' ? reference : null;
      conclude(attemptId, { outcome, by: 'person', reference: number, actorId });
      return view(attemptId);
    },

    async giveBack({ commandId, attemptId }: GiveBack): Promise<CardAttemptView> {
      const { personId: actorId } = sessions.require(counter, 'sales.sell');
      const terminal = terminalNow();
      const { id, fresh } = begin(commandId, () => {
        const open = book.open();
        const charge = open.find((one) => one.id === attemptId && one.state === 'approved');
        if (!charge) return refuse({ code: 'CARD_NOT_TAKEN' });
        const busy = open.find((one) => asking.has(one.id));
        if (busy) refuseUnsettled(busy);
        const id = book.nextRefundId(attemptId);
        const name = terminal?.name ?? 'manual';
        book.begin({ id, kind: 'refund', amountMinor: charge.amountMinor, terminal: name, actorId });
        return { id };
      });
      const refund = terminal?.refund;
      if (!fresh || !refund) return asking.get(id) ?? view(id);
      const { amountMinor, currency } = found(id);
      return hear(id, () => refund({ attemptId: id, amountMinor, currency }));
    },

    /** What the terminal has to be asked to give back of a sale before a return is written; 0: nothing. */
    refundDue(saleId: string, cardMinor: number): number {
      const step = stepFor(saleId, cardMinor);
      return step.do === 'ask' && terminalNow()?.refund ? step.amountMinor : 0;
    },

    /** In the return's own transaction: what the terminal gave back for it. The rest of its card money goes back by hand. */
    refunded: (saleId: string, cardMinor: number, manner?: { readonly byHand: boolean }) =>
      stepFor(saleId, cardMinor, manner).given,

    /**
     * Asks the terminal to give card money of a sale back, once for a command. The attempt, and with it what is to be
     * written when it is approved, is on disk before; `made` works both out, in that transaction.
     */
    async refund({ commandId, actorId, made }: Refund): Promise<CardAttemptView> {
      const terminal = terminalNow();
      const once = idOfName(sha256, `card-refund:${commandId}`);
      const { id, fresh } = begin(once, () => {
        if (!terminal) return refuse({ code: 'NO_TERMINAL' });
        const busy = book.open().find((attempt) => asking.has(attempt.id));
        if (busy) refuseUnsettled(busy);
        const { cardMinor, draft } = made();
        const step = stepFor(draft.saleId, cardMinor);
        if (step.do !== 'ask') throw new Error('the terminal is asked for what it has not given back');
        const id = book.ofSale(draft.saleId).nextId;
        const { amountMinor } = step;
        book.begin({ id, kind: 'refund', amountMinor, terminal: terminal.name, actorId });
        drafts.put(id, draft);
        return { id };
      });
      const give = terminal?.refund;
      if (!fresh || !give) return asking.get(id) ?? view(id);
      const { amountMinor, currency } = found(id);
      return hear(id, () => give({ attemptId: id, amountMinor, currency }));
    },

    drafts,
    /** What is done with an outcome, in its transaction; what it answers with is done after the commit. */
    follow(concluded: Concluded): void {
      onConcluded = concluded;
    },

    /**
     * Tenders with what the terminal said of them. Refuses a card that was not approved for its amount, and one typed by
     * hand while an attempt of the same amount is open, and a gift card whose money the terminal may be giving back. In the
     * sale's own transaction: an attempt pays one sale.
     */
    approved(tenders: readonly TenderGiven[]): readonly TenderGiven[] {
      const going = goingBack(tenders);
      if (going) refuseUnsettled(going);
      if (!tenders.some(({ kind, attemptId }) => kind === 'card' || attemptId !== undefined)) return tenders;
      const open = book.open();
      const held = new Set(tenders.flatMap(({ attemptId }) => (attemptId === undefined ? [] : [attemptId])));
      if (held.size < tenders.filter(({ attemptId }) => attemptId !== undefined).length)
        refuse({ code: 'CARD_NOT_TAKEN' });
      return tenders.map((tender) => {
        if (tender.kind === 'card' && tender.attemptId === undefined) {
          const other = standsInTheWay(open, tender.amountMinor, held);
          return other ? refuseUnsettled(other) : tender;
        }
        if (tender.attemptId === undefined) return tender;
        const charge = open.find(({ id, state }) => id === tender.attemptId && state === 'approved');
        if (tender.kind !== 'card' || charge?.amountMinor !== tender.amountMinor)
          return refuse({ code: 'CARD_NOT_TAKEN' });
        const reference = charge.reference ?? undefined;
        return { ...tender, reference, authorisedAt: charge.approvedAt ?? undefined };
      });
    },

    /** Answers that come from now on are left to the next start. */
    stop(): void {
      stopped = true;
    },
  };
}

const attempted = z.object({ id: z.string() });

/** What may go on: the terminal is asked, or has nothing to give. */
type Ready = Extract<CardRefundStep, { readonly given: readonly GivenBack[] }>;
type Concluded = (
  attemptId: string,
  outcome: 'approved' | 'declined' | 'not-charged',
) => (() => void) | undefined;
type Refund = {
  readonly commandId: string;
  readonly actorId: string;
  readonly made: () => { readonly cardMinor: number; readonly draft: RefundDraft };
};

type Charge = {
  readonly commandId: string;
  readonly amountMinor: number;
  readonly holding: readonly string[];
};
type Settle = {
  readonly attemptId: string;
  readonly outcome: 'approved' | 'not-charged';
  readonly reference: string;
};
type GiveBack = { readonly commandId: string; readonly attemptId: string };
