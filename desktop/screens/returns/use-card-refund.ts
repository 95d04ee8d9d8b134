import { useState } from 'react';
import type { CardAttemptView } from '#shared/sales/calls-cards.ts';
import type { MadeReturnView } from '#shared/sales/calls-returns.ts';
import { useLive } from '../live.ts';
import { type Answer, answerOf, type CardRefusal, repeatable } from '../refusal.ts';
import { play } from '../sounds.ts';
import { useTill } from '../till.ts';
import type { ReturnRefusal } from './words.ts';

export type CardRefund = ReturnType<typeof useCardRefund>;

/**
 * Card money on its way back, as this screen has it: of the sale that is open, or of any. What is settled here and was
 * given back has its return by then, which `onMade` hears of; `onRefused` hears why it was not given.
 */
export function useCardRefund(
  receiptNo: string | null,
  {
    onMade,
    onRefused,
  }: {
    readonly onMade: (made: MadeReturnView) => void;
    readonly onRefused: (refusal: ReturnRefusal) => void;
  },
) {
  const { client, cards } = useTill();
  const live = useLive(cards);
  const [waiting, setWaiting] = useState(false);
  const calls = client.sales.cards;
  const context = repeatable(Number.POSITIVE_INFINITY);
  const mine = (live?.attempts ?? []).filter(
    (one) => one.kind === 'refund' && (receiptNo === null || one.receiptNo === receiptNo),
  );

  async function wait(call: () => Promise<Answer<CardAttemptView, CardRefusal>>): Promise<void> {
    if (waiting) return;
    setWaiting(true);
    const answer = await call();
    setWaiting(false);
    if (!answer.ok) return onRefused(answer.refusal);
    const { attemptId, state, reason } = answer.value;
    if (state === 'declined' || state === 'not-charged')
      return onRefused({ code: 'CARD_REFUSED', data: { kind: 'refund', state, reason } });
    if (state !== 'approved') return play('stop');
    const found = await answerOf(client.sales.returns.refundedBy({ attemptId }));
    if (found.ok && found.value.made) onMade(found.value.made);
  }
  return {
    waiting,
    /** What a person has to see to, or the terminal that is being asked. */
    current: mine.find(({ state }) => state !== 'approved') ?? null,
    /** Given back, and no return says so yet. */
    given: mine.find(({ state }) => state === 'approved') ?? null,
    ask: ({ attemptId }: CardAttemptView) => wait(() => answerOf(calls.ask({ attemptId }, { context }))),
    settle: ({ attemptId }: CardAttemptView, outcome: 'approved' | 'not-charged', reference: string) =>
      wait(() => answerOf(calls.settle({ attemptId, outcome, reference }, { context }))),
  };
}
