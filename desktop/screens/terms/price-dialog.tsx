import { useLingui } from '@lingui/react/macro';
import type { TillState } from '#shared/auth/calls.ts';
import type { CartView } from '#shared/sales/calls-cart.ts';
import { parseAmount } from '../pay/amounts.ts';
import { useCurrentLine } from '../sell/use-sale-commands.ts';
import { useTill } from '../till.ts';
import { OneFieldDialog } from './one-field-dialog.tsx';

/** The price of an article that has none of its own; asked for as soon as it is added. */
export function PriceDialog({
  cart,
  store,
}: {
  readonly cart: CartView;
  readonly store: Extract<TillState, { readonly phase: 'ready' }>['store'];
}) {
  const { t } = useLingui();
  const { hands } = useTill();
  const line = useCurrentLine(cart);
  if (!line?.openPrice) return null;
  const give = async (text: string) => {
    const minor = parseAmount(text, store.minorDigits);
    if (minor === null || minor === 0) return t`Type an amount: 12.50`;
    const answer = await hands.setTypedPrice(line.lineId, minor);
    return answer.ok ? null : t`The price was not set. Try again.`;
  };
  return (
    <OneFieldDialog
      figure
      title={t`Price of ${line.name}`}
      label={t`Price of one`}
      hint={t`It cannot be paid until it has a price. Esc leaves it for later.`}
      accept={t`Set the price`}
      maxLength={14}
      onGive={give}
    />
  );
}
