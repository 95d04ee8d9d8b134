import { useLingui } from '@lingui/react/macro';
import type { CartView } from '#shared/sales/calls-cart.ts';
import { setDesk } from '../desk.ts';
import { Frame } from '../frame/frame.tsx';
import { useCommands } from '../keys/command-keys.tsx';
import { SaleFoot } from '../sell/sale-foot.tsx';
import { SalePane } from '../sell/sale-pane.tsx';
import { useCurrentLine, useSaleCommands } from '../sell/use-sale-commands.ts';
import { BatchPane } from './batch-pane.tsx';

/** The batches of a line at the leading side; the sale stays beside them. */
export function BatchTask({ cart }: { readonly cart: CartView }) {
  const { t } = useLingui();
  const line = useCurrentLine(cart);
  const commands = useSaleCommands(cart);
  const back = () => setDesk({ task: 'sell', chosenLineId: null, refused: null });
  useCommands({ back, scan: back });
  return (
    <Frame
      current="batch"
      moment={[
        { keys: '↑+↓', label: t`batch` },
        { keys: 'Enter', label: t`take` },
        { keys: 'Esc', label: t`as before` },
      ]}
    >
      <main className="panes">
        {line && (
          <BatchPane
            key={line.lineId}
            line={line}
            number={cart.lines.findIndex(({ lineId }) => lineId === line.lineId) + 1}
            onBack={back}
          />
        )}
        <SalePane cart={cart}>
          <SaleFoot cart={cart} onPay={commands.pay} onClear={commands.clear} />
        </SalePane>
      </main>
    </Frame>
  );
}
