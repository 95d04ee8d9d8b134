import type { CartLineView, CartView } from '#shared/sales/calls-cart.ts';
import type { TillClient } from './link.ts';
import type { Live } from './live.ts';
import { type Answer, answerOf, type CartRefusal, repeatable, type TermsRefusal } from './refusal.ts';

/** Packs, or loose base units. */
export type Quantity = { readonly packs: number } | { readonly base: number };

type Changed = { readonly cart: CartView; readonly lineId: string | null };
export type CartAnswer = Answer<Changed, CartRefusal>;
/** What a change of the sale's terms is answered with. */
export type TermsAnswer = Answer<Changed, TermsRefusal>;
export type Hands = ReturnType<typeof createHands>;

/** Asked again for five seconds while the till does not answer: its own id keeps it from being done twice. */
const command = { context: repeatable(20) };
const commandId = () => crypto.randomUUID();

/**
 * What hands do to the sale: one command at a time, in the order of the keys, each seeing the cart that the one
 * before it left. Two quick presses of + are two more.
 */
export function createHands({ sales }: TillClient, cart: Live<CartView>) {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <R>(job: () => Promise<Answer<Changed, R>>): Promise<Answer<Changed, R>> => {
    const turn = last.then(job).then((answer) => {
      if (answer.ok) cart.offer(answer.value.cart);
      return answer;
    });
    last = turn;
    return turn;
  };
  const setBase = (lineId: string, base: number) =>
    answerOf(sales.setQuantity({ commandId: commandId(), lineId, quantity: { base } }, command));
  const remove = (lineId: string) => answerOf(sales.removeLine({ commandId: commandId(), lineId }, command));
  const add = (article: Added) => answerOf(sales.add({ commandId: commandId(), ...article }, command));
  const undo = () => answerOf(sales.undo({ commandId: commandId() }, command));

  return {
    scan: (code: string, quantity: Quantity) =>
      inTurn(() => answerOf(sales.scan({ commandId: commandId(), code, ...quantity }, command))),
    add: (article: Added) => inTurn(() => add(article)),
    addUnlisted: (article: { packId: string; quantity: Quantity; batchCode: string; expiresOn: string }) =>
      inTurn(() => answerOf(sales.addUnlisted({ commandId: commandId(), ...article }, command))),
    setBase: (lineId: string, base: number) => inTurn(() => setBase(lineId, base)),
    /** One pack more or less; the last one taken away takes the line with it. */
    changeBy: (lineId: string, packs: number) =>
      inTurn(() => {
        const line = lineOf(cart.get(), lineId);
        const base = line ? line.qtyBase + packs * line.packSize : 0;
        return base > 0 ? setBase(lineId, base) : remove(lineId);
      }),
    remove: (lineId: string) => inTurn(() => remove(lineId)),
    /** Another pack in a line's place. */
    swapPack: (lineId: string, article: { packId: string; quantity: Quantity }) =>
      inTurn(() => answerOf(sales.swapPack({ commandId: commandId(), lineId, ...article }, command))),
    /** Takes all of a line from one batch. Refused, the line is as it was. */
    takeFromBatch: (line: CartLineView, batchId: string) =>
      inTurn(async () => {
        const removed = await remove(line.lineId);
        if (!removed.ok) return removed;
        const added = await add({ packId: line.packId, quantity: { base: line.qtyBase }, batchId });
        if (!added.ok) await undo();
        return added;
      }),
    setDiscount: (given: DiscountInput) =>
      inTurn(() => answerOf(sales.setDiscount({ commandId: commandId(), ...given }, command))),
    setTypedPrice: (lineId: string, priceMinor: number) =>
      inTurn(() => answerOf(sales.setTypedPrice({ commandId: commandId(), lineId, priceMinor }, command))),
    /** `lineId` null: about the whole sale. */
    setNote: (lineId: string | null, note: string) =>
      inTurn(() => answerOf(sales.setNote({ commandId: commandId(), lineId, note }, command))),
    setCoupon: (code: string, taken: boolean) =>
      inTurn(() => answerOf(sales.setCoupon({ commandId: commandId(), code, taken }, command))),
    redeemPoints: (points: number) =>
      inTurn(() => answerOf(sales.redeemPoints({ commandId: commandId(), points }, command))),
    setCustomer: (customerId: string | null) =>
      inTurn(() => answerOf(sales.setCustomer({ commandId: commandId(), customerId }, command))),
    hold: (name: string) => inTurn(() => answerOf(sales.hold({ commandId: commandId(), name }, command))),
    recall: async (heldId: string) => {
      const answer = await answerOf(sales.recall({ commandId: commandId(), heldId }, command));
      if (answer.ok) cart.offer(answer.value.cart);
      return answer;
    },
    /** Null when it was given up. */
    discardHeld: async (heldId: string) => {
      const answer = await answerOf(sales.discardHeld({ commandId: commandId(), heldId }, command));
      return answer.ok ? null : answer.refusal;
    },
    undo: () => inTurn(undo),
    clear: () => inTurn(() => answerOf(sales.clear({ commandId: commandId() }, command))),
  };
}

type Added = {
  readonly packId: string;
  readonly quantity: Quantity;
  readonly batchId?: string;
};
type DiscountInput = Omit<Parameters<TillClient['sales']['setDiscount']>[0], 'commandId'>;

const lineOf = (cart: CartView | null, lineId: string) => cart?.lines.find((line) => line.lineId === lineId);
