import { useMemo } from 'react';
import type { CartLineView } from '#shared/sales/calls-cart.ts';
import { type Attempt, setDesk, useDesk, type Weighed } from '../desk.ts';
import type { CartAnswer, Quantity } from '../hands.ts';
import type { CartRefusal } from '../refusal.ts';
import { play, type Sound } from '../sounds.ts';
import { useTill } from '../till.ts';

/** What adds to the sale or changes it, with the sound and the screen that follow from the answer. */
export function useSelling() {
  const { hands } = useTill();
  return useMemo(() => {
    /** `n *` before it, else one; what is sold by weight is asked for its weight all the same. */
    const packs = () => ({ packs: useDesk.getState().packs ?? 1 });
    const scan = (code: string, quantity: Quantity) =>
      settle(hands.scan(code, quantity), { quantity, of: { code } }, true);
    const add = ({ quantity, ...of }: { packId: string; quantity: Quantity; batchId?: string }) =>
      settle(hands.add({ ...of, quantity }), { quantity, of }, true);
    return {
      scan: (code: string) => scan(code, packs()),
      addPack: (packId: string) => add({ packId, quantity: packs() }),
      /** Adds so much of it, or sets what its line holds. */
      weighed(of: Weighed, base: number): Promise<boolean> {
        const quantity = { base };
        if ('code' in of) return scan(of.code, quantity);
        if ('packId' in of) return add({ ...of, quantity });
        return settle(hands.setBase(of.lineId, base), { quantity }, false);
      },
      add,
      addUnlisted: (article: Parameters<typeof hands.addUnlisted>[0]) =>
        settle(hands.addUnlisted(article), { quantity: article.quantity }, true),
      changeBy: (lineId: string, by: 1 | -1) =>
        settle(hands.changeBy(lineId, by), { quantity: { packs: 1 } }, false),
      setBase: (line: CartLineView, base: number) =>
        settle(hands.setBase(line.lineId, base), { quantity: { base: base - line.qtyBase } }, false),
      takeFromBatch: (line: CartLineView, batchId: string) =>
        settle(hands.takeFromBatch(line, batchId), { quantity: { base: line.qtyBase } }, false),
      swap: (lineId: string, article: { packId: string; quantity: Quantity }) =>
        settle(hands.swapPack(lineId, article), { quantity: article.quantity }, true),
      remove: (lineId: string) => settle(hands.remove(lineId), none, false),
      undo: () => settle(hands.undo(), none, false),
      clear: () => settle(hands.clear(), none, false),
    };
  }, [hands]);
}

const none: Attempt = { quantity: { packs: 1 } };

/** True when it was done, or is being weighed first. Something new takes the person to the sale; a change leaves him where he is. */
async function settle(answering: Promise<CartAnswer>, attempt: Attempt, isNew: boolean): Promise<boolean> {
  const answer = await answering;
  if (answer.ok) {
    if (isNew) play('ok');
    const { cart, lineId } = answer.value;
    const weighing = useDesk.getState().overlay === 'weigh';
    const toPrice = cart.blockers.some((b) => b.lineId === lineId && b.code === 'PRICE_TO_TYPE');
    setDesk({
      refused: null,
      ...(isNew && { task: 'sell', packs: null, chosenLineId: null, paid: null }),
      ...(isNew && toPrice && !weighing && { overlay: 'price' as const }),
    });
    return true;
  }
  const { refusal } = answer;
  if (refusal.code === 'TO_WEIGH' && attempt.of && useDesk.getState().overlay !== 'weigh') {
    const weighing = { name: refusal.data.name, of: attempt.of };
    setDesk({ overlay: 'weigh', weighing, refused: null, task: taskForRefusal() });
    return true;
  }
  play(soundOf(refusal));
  const task = refusal.code === 'NONE_ON_HAND' ? 'unlisted' : taskForRefusal();
  setDesk({ refused: { refusal, attempt }, task });
  return false;
}

/** A refused scan is explained where sales are made; in the middle of another task of the sale, there. */
function taskForRefusal() {
  const { task } = useDesk.getState();
  return task === 'batch' ? task : 'sell';
}

function soundOf({ code }: CartRefusal): Sound {
  return code === 'BATCH_STOPPED' || code === 'MISSING_RIGHT' ? 'stop' : 'unknown';
}
