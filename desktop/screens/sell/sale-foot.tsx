import { Trans, useLingui } from '@lingui/react/macro';
import type { CartView } from '#shared/sales/calls-cart.ts';
import { Button } from '#shared/ui/button.tsx';
import { LargeMoney, Money } from '#shared/ui/money.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { useWaitingExchange } from '../returns/exchange.ts';
import { TotalBand } from './total-band.tsx';

/** Tax by rate, the total, and the way on. */
export function SaleFoot({
  cart,
  onPay,
  onClear,
}: {
  readonly cart: CartView;
  /** Left out, the sale is only shown: something else is being done first. */
  readonly onPay?: () => void;
  readonly onClear?: () => void;
}) {
  const { t } = useLingui();
  const empty = cart.lines.length === 0;
  return (
    <TotalBand
      figures={
        <>
          <TaxTable cart={cart} />
          <CartDiscount cart={cart} />
          <Exchange cart={cart} />
        </>
      }
      label={t`Total`}
      large={<LargeMoney minor={cart.totalMinor} />}
      actions={
        <>
          {!empty && onClear && (
            <Button size={72} keys="Ctrl+Del" tabIndex={-1} className="low:h-target-56" onClick={onClear}>
              <Trans>Clear</Trans>
            </Button>
          )}
          {onPay && (
            <Button
              kind="primary"
              size={72}
              grow
              keys="F9"
              tabIndex={-1}
              disabled={empty}
              className="low:h-target-56 low:text-20"
              onClick={onPay}
            >
              <Trans>Pay</Trans>
            </Button>
          )}
        </>
      }
    />
  );
}

/** What was given on the whole sale, and the coupons taken. */
function CartDiscount({ cart: { discount, coupons } }: { readonly cart: CartView }) {
  if (!discount && coupons.length === 0) return null;
  return (
    <p className="flex gap-3 text-14 text-ok">
      {discount && (
        <span>
          <bdi>{discount.reason}</bdi> <Money minor={-discount.minor} />
        </span>
      )}
      {coupons.map((code) => (
        <bdi key={code}>{code}</bdi>
      ))}
    </p>
  );
}

/** Goods that came back pay this sale: what they are worth. */
function Exchange({ cart }: { readonly cart: CartView }) {
  const exchange = useWaitingExchange(cart.revision);
  if (!exchange) return null;
  return (
    <p className="text-14 font-semibold text-ok">
      <Trans>Exchange</Trans> <Money minor={-exchange.worthMinor} />
    </p>
  );
}

function TaxTable({ cart }: { readonly cart: CartView }) {
  const format = useFormat();
  if (cart.taxes.length === 0) return null;
  return (
    <table className="border-spacing-0 text-14 text-muted">
      <thead className="text-12 text-faint">
        <tr>
          <th scope="col" className="pe-4 pb-0.5 text-start font-semibold">
            <Trans>Rate</Trans>
          </th>
          <th scope="col" className="figure min-w-16 pb-0.5 ps-4 font-semibold">
            <Trans>Net</Trans>
          </th>
          <th scope="col" className="figure min-w-16 pb-0.5 ps-4 font-semibold">
            <Trans>Tax</Trans>
          </th>
        </tr>
      </thead>
      <tbody>
        {cart.taxes.map(({ taxPct3, baseMinor, taxMinor }) => (
          <tr key={taxPct3.join()}>
            <td className="pe-4 whitespace-nowrap">
              <bdi dir="ltr">{taxPct3.map(format.rate).join(' + ')}</bdi>
            </td>
            <td className="figure">
              <Money minor={baseMinor} />
            </td>
            <td className="figure">
              <Money minor={taxMinor} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
