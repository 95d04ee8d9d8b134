import { useEffect } from 'react';
import type { CartView } from '#shared/sales/calls-cart.ts';
import { clearDesk, noPayment, type PayRequest, setDesk, setPayment, type Tender, useDesk } from '../desk.ts';
import { answerOf, repeatable } from '../refusal.ts';
import { play } from '../sounds.ts';
import type { StoreFacts } from '../store-facts.ts';
import { type Till, useTill } from '../till.ts';
import { leftFor, parseAmount, type Step, stepFor } from './amounts.ts';
import { useCardTerminal } from './use-card-terminal.ts';
import { useForeignCash } from './use-foreign-cash.ts';

export type PaymentDesk = ReturnType<typeof usePayment>;

/** The payment as the person makes it, and what Enter, the notes and Del do to it. */
export function usePayment(cart: CartView, store: StoreFacts) {
  const till = useTill();
  const payment = useDesk((desk) => desk.payment);
  const { taken, kind, text, reference, asked } = payment;
  const leftMinor = leftFor(kind, { totalMinor: cart.totalMinor, taken, cashStepMinor: store.cashStepMinor });
  const currencies = useForeignCash();
  const foreign = currencies.find(({ code }) => code === payment.currency) ?? null;
  const typedMinor = parseAmount(text, foreign?.digits ?? store.minorDigits);
  const foreignMinor = foreign && (typedMinor ?? foreign.needed(leftMinor));
  const amountMinor = foreign && foreignMinor !== null ? foreign.worth(foreignMinor) : typedMinor;
  const step = stepFor(kind, amountMinor, { leftMinor, taken });
  /** A tender the terminal took: it stands, and pays when nothing is left. The cart may have been drawn anew meanwhile. */
  const takeCard = (tender: Tender): void => {
    const before = useDesk.getState().payment.taken;
    const { totalMinor } = cart;
    const left = leftFor('card', { totalMinor, taken: before, cashStepMinor: store.cashStepMinor });
    const fits = tender.amountMinor <= left;
    play(fits ? 'ok' : 'stop');
    if (!fits) return;
    const tenders = [...before, tender];
    setPayment({ ...nothingTyped, taken: tenders });
    if (tender.amountMinor === left) void ask(till, { commandId: crypto.randomUUID(), totalMinor, tenders });
  };
  const cards = useCardTerminal(takeCard);
  const busy = asked !== null || cards.waiting;
  const unreadable = text.trim() !== '' && typedMinor === null;

  // Asked for before the till went away and came back: it is settled first, under the same id.
  useEffect(() => {
    const { asked: unsettled } = useDesk.getState().payment;
    if (unsettled) void ask(till, unsettled);
  }, [till]);

  /** What is left of a voucher, so that Enter alone takes as much as it can pay. */
  const withBalance = async (): Promise<void> => {
    const answer = await answerOf(till.client.sales.voucher({ code: reference }));
    const worth =
      answer.ok && answer.value.known ? Math.min(answer.value.balanceMinor, leftMinor) : leftMinor;
    if (worth > 0) return enterAs(stepFor(kind, worth, { leftMinor, taken }));
    play('unknown');
    setPayment({ refusal: { code: 'VOUCHER_BALANCE', data: { code: reference, balanceMinor: worth } } });
  };
  const enter = () => {
    if (busy || cards.current) return;
    if (kind === 'voucher' && reference.trim() === '') {
      play('unknown');
      return setPayment({ refusal: { code: 'VOUCHER_NEEDS_CODE', data: undefined } });
    }
    if (kind === 'voucher' && text.trim() === '') return void withBalance();
    enterAs(step);
  };
  const enterAs = (step: Step) => {
    if (unreadable || step.do === 'refuse') {
      play('unknown');
      return setPayment({ refusal: { code: 'TOO_MUCH' } });
    }
    const last = step.do === 'take' ? step.tender : step.tenders.at(taken.length);
    // A slip's number was typed: the card was charged by hand, and the terminal is not asked.
    if (last?.kind === 'card' && cards.terminal !== null && reference.trim() === '')
      return void cards.charge(last.amountMinor);
    const named = (tender: Tender): Tender => ({
      ...tender,
      ...(reference.trim() !== '' && { reference: reference.trim() }),
      ...(foreign && foreignMinor && { foreign: { currency: foreign.code, foreignMinor } }),
    });
    if (step.do === 'take') return setPayment({ ...nothingTyped, taken: [...taken, named(step.tender)] });
    const tenders = step.tenders.map((tender) => (taken.includes(tender) ? tender : named(tender)));
    const request = { commandId: crypto.randomUUID(), totalMinor: cart.totalMinor, tenders };
    void ask(till, request);
  };
  return {
    payment,
    cards,
    busy,
    currencies,
    /** The other currency cash is taken in, and what it is worth as typed. */
    foreign: foreign && { ...foreign, worthMinor: amountMinor ?? 0, neededMinor: foreign.needed(leftMinor) },
    leftMinor,
    step: unreadable ? ({ do: 'refuse' } as const) : step,
    enter,
    give: (text: string) => busy || setPayment({ text, refusal: null }),
    choose: (next: Tender['kind'], currency: string | null = null) =>
      busy || setPayment({ ...nothingTyped, kind: next, currency }),
    refer: (reference: string) => busy || setPayment({ reference, refusal: null }),
    /** What the terminal took is not given back by this: it shows as an open attempt again. */
    takeBack: () => {
      if (busy) return;
      const kept = taken.at(-1)?.attemptId === undefined ? kind : 'card';
      setPayment({ taken: taken.slice(0, -1), kind: kept, refusal: null });
    },
    /** A pharmacist agrees; what was refused for it is asked for again. */
    agree: (pharmacist: NonNullable<PayRequest['pharmacist']>, tenders: readonly Tender[]) =>
      ask(till, {
        commandId: crypto.randomUUID(),
        totalMinor: cart.totalMinor,
        tenders: [...tenders],
        pharmacist,
      }),
    /** A colleague lets an account or a voucher go over its limit. */
    agreeOver: (agreed: NonNullable<PayRequest['agreed']>, { tenders, pharmacist }: PayRequest) =>
      ask(till, {
        ...{ commandId: crypto.randomUUID(), totalMinor: cart.totalMinor, tenders: [...tenders], agreed },
        ...(pharmacist && { pharmacist }),
      }),
  };
}

const nothingTyped = { text: '', reference: '', refusal: null } as const;

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
  // What became of card money has to be said first: it is shown with the card.
  const kind = answer.refusal.code === 'CARD_UNSETTLED' ? { kind: 'card' as const } : {};
  setPayment({ asked: null, refused: request, refusal: answer.refusal, ...kind });
}
