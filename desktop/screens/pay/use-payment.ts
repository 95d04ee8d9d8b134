import { useEffect } from 'react';
import type { CartView } from '#shared/sales/calls-cart.ts';
import { clearDesk, noPayment, type PayRequest, setDesk, setPayment, type Tender, useDesk } from '../desk.ts';
import { answerOf, repeatable } from '../refusal.ts';
import { play } from '../sounds.ts';
import type { StoreFacts } from '../store-facts.ts';
import { type Till, useTill } from '../till.ts';
import { leftFor, parseAmount, stepFor } from './amounts.ts';

export type PaymentDesk = ReturnType<typeof usePayment>;

/** The payment as the person makes it, and what Enter, the notes and Del do to it. */
export function usePayment(cart: CartView, store: StoreFacts) {
  const till = useTill();
  const payment = useDesk((desk) => desk.payment);
  const { taken, kind, text, asked } = payment;
  const leftMinor = leftFor(kind, { totalMinor: cart.totalMinor, taken, cashStepMinor: store.cashStepMinor });
  const typedMinor = parseAmount(text, store.minorDigits);
  const step = stepFor(kind, typedMinor, { leftMinor, taken });
  const unreadable = text.trim() !== '' && typedMinor === null;

  // Asked for before the till went away and came back: it is settled first, under the same id.
  useEffect(() => {
    const { asked: unsettled } = useDesk.getState().payment;
    if (unsettled) void ask(till, unsettled);
  }, [till]);

  const enter = () => {
    if (asked) return;
    if (unreadable || step.do === 'refuse') {
      play('unknown');
      return setPayment({ refusal: { code: 'TOO_MUCH' } });
    }
    if (step.do === 'take') return setPayment({ taken: [...taken, step.tender], text: '', refusal: null });
    const request = {
      commandId: crypto.randomUUID(),
      totalMinor: cart.totalMinor,
      tenders: [...step.tenders],
    };
    void ask(till, request);
  };
  return {
    payment,
    leftMinor,
    step: unreadable ? ({ do: 'refuse' } as const) : step,
    enter,
    give: (text: string) => asked || setPayment({ text, refusal: null }),
    choose: (next: Tender['kind']) => asked || setPayment({ kind: next, text: '', refusal: null }),
    takeBack: () => asked || setPayment({ taken: taken.slice(0, -1), refusal: null }),
    /** A pharmacist agrees; what was refused for it is asked for again. */
    agree: async (pharmacist: NonNullable<PayRequest['pharmacist']>, tenders: readonly Tender[]) =>
      ask(till, {
        commandId: crypto.randomUUID(),
        totalMinor: cart.totalMinor,
        tenders: [...tenders],
        pharmacist,
      }),
  };
}

/**
 * Asks the till to complete the sale until it answers, however long that takes: under one id it is done once. What is
 * refused changes nothing, and the person is where he was.
 */
async function ask({ client }: Till, request: PayRequest): Promise<void> {
  setPayment({ asked: request, refusal: null });
  const context = repeatable(Number.POSITIVE_INFINITY);
  const answer = await answerOf(client.sales.pay(request, { context }));
  if (answer.ok) {
    play('ok');
    clearDesk();
    return setDesk({ task: 'done', paid: answer.value, payment: noPayment });
  }
  // The till was restarted and asks who is there: what became of the payment is asked after signing in.
  if (answer.refusal.code === 'NOT_SIGNED_IN') return setPayment({ asked: request });
  play('stop');
  setPayment({ asked: null, refused: request, refusal: answer.refusal });
}
