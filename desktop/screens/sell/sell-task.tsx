import { useLingui } from '@lingui/react/macro';
import { isSoldByWeight } from '#shared/catalog/weighed-sale.ts';
import type { CartView } from '#shared/sales/calls-cart.ts';
import { useDesk } from '../desk.ts';
import { Frame } from '../frame/frame.tsx';
import { capsOf } from '../keys/chord.ts';
import { useKeymap } from '../keys/command-keys.tsx';
import type { MomentKey } from '../keys/key-bar.tsx';
import { ReceiptFileKey } from '../receipt-file/receipt-file-key.tsx';
import { FindPane } from './find-pane.tsx';
import { SaleFoot } from './sale-foot.tsx';
import { SalePane } from './sale-pane.tsx';
import { useCurrentLine, useSaleCommands } from './use-sale-commands.ts';

/** Find and add at the leading side, the sale and its total at the trailing one. */
export function SellTask({ cart }: { readonly cart: CartView }) {
  const commands = useSaleCommands(cart);
  const moment = useMoment(cart);
  return (
    <Frame current="scan" moment={moment}>
      <main className="panes">
        <FindPane cart={cart} />
        <SalePane cart={cart}>
          <SaleFoot cart={cart} onPay={commands.pay} onClear={commands.clear} />
        </SalePane>
      </main>
      {commands.lastSaleId !== null && <ReceiptFileKey source={{ documentId: commands.lastSaleId }} />}
    </Frame>
  );
}

function useMoment(cart: CartView): readonly MomentKey[] {
  const { t } = useLingui();
  const finding = useDesk((desk) => desk.text.trim() !== '');
  const chosen = useDesk((desk) => desk.chosenLineId !== null);
  const line = useCurrentLine(cart);
  const [weighKey = ''] = useKeymap().weigh;
  const stop = useDesk(({ refused }) => refused?.refusal.code === 'BATCH_STOPPED' && refused.refusal.data);
  if (stop)
    return [
      ...(stop.instead ? [{ keys: 'Enter', label: t`take` }] : []),
      { keys: 'Esc', label: t`leave out` },
    ];
  const palette = { keys: 'Ctrl+K', label: t`palette` };
  if (finding)
    return [
      { keys: '↑+↓', label: t`choose` },
      { keys: 'Enter', label: t({ message: 'add', comment: 'Enter adds the article' }) },
      { keys: 'Esc', label: t`clear` },
      { keys: 'Shift+F7', label: t`other stores` },
    ];
  if (!line) return [{ keys: 'n+*', label: t`packs` }, palette];
  const weigh = isSoldByWeight(line) && { keys: capsOf(weighKey), label: t`weigh` };
  const quantity = { keys: '/', label: t`quantity` };
  if (chosen)
    return [
      { keys: '↑+↓', label: t`line` },
      weigh || { keys: 'Del', label: t`remove` },
      quantity,
      { keys: 'Esc', label: t`back` },
    ];
  return [{ keys: '↑+↓', label: t`line` }, quantity, weigh || { keys: 'n+*', label: t`packs` }, palette];
}
