import { useEffect, useRef } from 'react';
import type { CardAttemptView } from '#shared/sales/calls-cards.ts';
import { setPayment, type Tender, useDesk } from '../desk.ts';
import { useLive } from '../live.ts';
import { answerOf, type CardRefusal, repeatable } from '../refusal.ts';
import { play } from '../sounds.ts';
import { useTill } from '../till.ts';

export type CardTerminalDesk = ReturnType<typeof useCardTerminal>;

/**
 * The card terminal as the payment has it: what it is asked, and the attempt a person has to see to before another. An
 * approval becomes a tender by `onApproved`; whatever else happens takes nothing.
 */
export function useCardTerminal(onApproved: (tender: Tender) => void) {
  const { client, cards } = useTill();
  const live = useLive(cards);
  const { taken, waiting, kind } = useDesk((desk) => desk.payment);
  const calls = client.sales.cards;
  const context = repeatable(Number.POSITIVE_INFINITY);
  const held = new Set(taken.map(({ attemptId }) => attemptId));
  // Money an exchange gave back already waits for its sale to be paid: nothing stands in the way.
  const isOpen = ({ attemptId, kind, state }: CardAttemptView) =>
    !held.has(attemptId) && !(kind === 'refund' && state === 'approved');
  const current = live?.attempts.find(isOpen) ?? null;
  useShownFirst(current?.attemptId);

  /** Waits for an answer of the terminal, and says or takes what it was. */
  async function wait(call: () => Promise<CardAnswer>): Promise<void> {
    if (useDesk.getState().payment.waiting) return;
    setPayment({ waiting: true, refusal: null });
    const answer = await call();
    setPayment({ waiting: false });
    if (!answer.ok) {
      play('stop');
      return setPayment({ refusal: answer.refusal });
    }
    const { attemptId, kind, state, reason } = answer.value;
    const own = useDesk.getState().payment.attempts.includes(attemptId);
    if (kind === 'charge' && state === 'approved' && own) return onApproved(tenderOf(answer.value));
    play(state === 'approved' ? 'ok' : 'stop');
    if (state === 'declined' || state === 'not-charged')
      setPayment({ refusal: { code: 'CARD_REFUSED', data: { kind, state, reason } } });
  }
  const commandId = () => crypto.randomUUID();
  return {
    terminal: live?.terminal ?? null,
    waiting,
    /** What has to be seen to before a card pays; hidden while another means is chosen. */
    current: kind === 'card' || current?.state === 'asking' ? current : null,
    charge: (amountMinor: number) => {
      const holding = taken.flatMap(({ attemptId }) => (attemptId === undefined ? [] : [attemptId]));
      const input = { commandId: commandId(), amountMinor, holding };
      return wait(async () => {
        const answer = await answerOf(calls.charge(input, { context }));
        const { attempts } = useDesk.getState().payment;
        if (answer.ok) setPayment({ attempts: [...attempts, answer.value.attemptId] });
        return answer;
      });
    },
    ask: ({ attemptId }: CardAttemptView) => wait(() => answerOf(calls.ask({ attemptId }, { context }))),
    /** A person has read the slip. */
    settle: ({ attemptId }: CardAttemptView, outcome: 'approved' | 'not-charged', reference: string) =>
      wait(() => answerOf(calls.settle({ attemptId, outcome, reference }, { context }))),
    giveBack: ({ attemptId }: CardAttemptView) => {
      const input = { commandId: commandId(), attemptId };
      return wait(() => answerOf(calls.giveBack(input, { context })));
    },
    use: (attempt: CardAttemptView) => onApproved(tenderOf(attempt)),
  };
}

type CardAnswer =
  | { readonly ok: true; readonly value: CardAttemptView }
  | { readonly ok: false; readonly refusal: CardRefusal };

const tenderOf = ({ attemptId, amountMinor, reference }: CardAttemptView): Tender => ({
  ...{ kind: 'card', amountMinor, attemptId },
  ...(reference !== null && { reference }),
});

/** What an earlier payment left open is what a payment begins with. */
function useShownFirst(attemptId: string | undefined): void {
  const shown = useRef(false);
  useEffect(() => {
    const { taken, text, kind, asked } = useDesk.getState().payment;
    if (attemptId === undefined || shown.current) return;
    shown.current = true;
    if (kind === 'cash' && taken.length === 0 && text === '' && asked === null) setPayment({ kind: 'card' });
  }, [attemptId]);
}
