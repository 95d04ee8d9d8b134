import { useLingui } from '@lingui/react/macro';
import type { CartView } from '#shared/sales/calls-cart.ts';
import { setDesk, useDesk } from '../desk.ts';
import { Frame } from '../frame/frame.tsx';
import { useCommands } from '../keys/command-keys.tsx';
import { SaleFoot } from '../sell/sale-foot.tsx';
import { SalePane } from '../sell/sale-pane.tsx';
import { SubstitutesPane } from './substitutes-pane.tsx';

/** F7: what may stand for the line, or for the pack marked in the search; the sale stays beside it. */
export function SubstitutesTask({ cart }: { readonly cart: CartView }) {
  const { t } = useLingui();
  const asked = useDesk((desk) => desk.asked);
  const back = () => setDesk({ task: 'sell', asked: null });
  useCommands({ back, scan: back });
  return (
    <Frame
      current="substitutes"
      moment={[
        { keys: '↑+↓', label: t`choose` },
        { keys: 'Enter', label: t`take` },
        { keys: 'Esc', label: t`as before` },
        { keys: 'Shift+F7', label: t`other stores` },
      ]}
    >
      <main className="panes">
        {asked && <SubstitutesPane key={asked.packId} asked={asked} onBack={back} />}
        <SalePane cart={cart}>
          <SaleFoot cart={cart} />
        </SalePane>
      </main>
    </Frame>
  );
}
