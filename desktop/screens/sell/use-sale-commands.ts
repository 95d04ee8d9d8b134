import { isSoldByWeight } from '#shared/catalog/weighed-sale.ts';
import type { CartLineView, CartView } from '#shared/sales/calls-cart.ts';
import { noPayment, setDesk, useDesk } from '../desk.ts';
import { useLastSale, useReprint } from '../done/use-reprint.ts';
import { askElsewhere } from '../elsewhere/use-elsewhere.ts';
import { type Handlers, useCommands } from '../keys/command-keys.tsx';
import { takenByExchange } from '../returns/exchange.ts';
import { play } from '../sounds.ts';
import { useSelling } from './use-selling.ts';

/** The line that keys are about: the chosen one, else the one changed last. */
export function useCurrentLine(cart: CartView): CartLineView | null {
  const chosenLineId = useDesk((desk) => desk.chosenLineId);
  const find = (lineId: string | null) => cart.lines.find((line) => line.lineId === lineId);
  return find(chosenLineId) ?? find(cart.lastLineId) ?? cart.lines.at(-1) ?? null;
}

/** The keys that work on the sale while articles are found. Only those that do something now are given. */
export function useSaleCommands(cart: CartView) {
  const selling = useSelling();
  const line = useCurrentLine(cart);
  const lastSaleId = useLastSale();
  const reprint = useReprint(lastSaleId);
  const pay = () => startPayment(cart);
  const clear = () => setDesk({ overlay: 'clear' });
  // One pack more of a weight would be a kilogram: its keys ask for the weight instead.
  const weigh = line && isSoldByWeight(line) ? () => weighAnew(line) : null;
  const onLine: Handlers = line
    ? {
        more: weigh ?? (() => void selling.changeBy(line.lineId, 1)),
        less: weigh ?? (() => void selling.changeBy(line.lineId, -1)),
        remove: () => void selling.remove(line.lineId),
        quantity: () => setDesk({ editingLineId: line.lineId, chosenLineId: line.lineId }),
        ...(weigh && { weigh }),
        batch: () => setDesk({ task: 'batch', chosenLineId: line.lineId }),
        substitutes: () =>
          setDesk({
            task: 'substitutes',
            asked: { packId: line.packId, lineId: line.lineId, wantBase: line.qtyBase },
          }),
        elsewhere: askElsewhere(line.packId),
        hold: () => setDesk({ overlay: 'hold' }),
        discount: () => setDesk({ overlay: 'discount' }),
        pay,
        clear,
      }
    : {};
  useCommands({
    customer: () => setDesk({ task: 'customers' }),
    recall: () => setDesk({ overlay: 'recall' }),
    ...onLine,
    ...(cart.canUndo && { undo: () => void selling.undo() }),
    ...(reprint && { reprint }),
  });
  return { pay, clear, lastSaleId };
}

const weighAnew = ({ name, lineId }: CartLineView) =>
  setDesk({ overlay: 'weigh', weighing: { name, of: { lineId } } });

/** Opens the payment, unless something must be done first: then that line is chosen, and the note beside it says what. */
function startPayment(cart: CartView): void {
  const [blocker] = cart.blockers.filter(({ code }) => code !== 'PHARMACIST_REQUIRED');
  if (blocker) {
    play('stop');
    setDesk({ chosenLineId: blocker.lineId });
    if (blocker.code === 'PRICE_TO_TYPE') setDesk({ overlay: 'price' });
  } else
    setDesk({
      task: 'pay',
      payment: { ...noPayment, taken: takenByExchange(cart) },
      chosenLineId: null,
      editingLineId: null,
    });
}
