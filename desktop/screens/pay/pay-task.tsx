import { Trans, useLingui } from '@lingui/react/macro';
import { useSyncExternalStore } from 'react';
import type { PersonTile } from '#shared/auth/calls.ts';
import { sumMinor } from '#shared/kernel/money.ts';
import type { CartView } from '#shared/sales/calls-cart.ts';
import { Button } from '#shared/ui/button.tsx';
import { LargeMoney, Money } from '#shared/ui/money.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { setDesk } from '../desk.ts';
import { Frame } from '../frame/frame.tsx';
import { useCommands } from '../keys/command-keys.tsx';
import { SalePane } from '../sell/sale-pane.tsx';
import { TotalBand } from '../sell/total-band.tsx';
import type { StoreFacts } from '../store-facts.ts';
import { useTill } from '../till.ts';
import { cashOffers, typedAmount } from './amounts.ts';
import { OverLimitDialog } from './over-limit-dialog.tsx';
import { PayPane } from './pay-pane.tsx';
import { PharmacistDialog } from './pharmacist-dialog.tsx';
import { counterTenders, useTenderNames } from './tender-names.ts';
import { type PaymentDesk, usePayment } from './use-payment.ts';

/** How it is paid at the leading side; the sale and what is left to pay at the trailing one. */
export function PayTask({
  cart,
  store,
  people,
}: {
  readonly cart: CartView;
  readonly store: StoreFacts;
  readonly people: readonly PersonTile[];
}) {
  const { t } = useLingui();
  const format = useFormat();
  const desk = usePayment(cart, store);
  const { taken, kind } = desk.payment;
  const { foreign, currencies } = desk;
  const minorDigits = foreign?.digits ?? store.minorDigits;
  const offers = kind === 'cash' ? cashOffers(foreign?.neededMinor ?? desk.leftMinor, minorDigits) : [];
  const back = () => desk.busy || setDesk({ task: 'sell' });
  const offer = (which: number) => {
    const amount = offers[which];
    if (amount !== undefined) desk.give(typedAmount(amount, minorDigits, format.locale));
  };
  const tender = (which: number) => {
    const next = counterTenders[which];
    const other = currencies[which - counterTenders.length];
    if (next) desk.choose(next);
    else if (other) desk.choose('cash', other.code);
  };
  useCommands({
    back,
    tender,
    ...(offers.length > 0 && { quickKey: offer }),
    ...(taken.length > 0 && { remove: desk.takeBack }),
  });
  return (
    <Frame
      current="pay"
      moment={[
        ...(desk.cards.current ? [] : [{ keys: 'Enter', label: t`take` }]),
        ...(taken.length > 0 ? [{ keys: 'Del', label: t`take back` }] : []),
        { keys: 'Esc', label: t`back to sale` },
      ]}
    >
      <main className="panes">
        <PayPane desk={desk} store={store} offers={offers} onOffer={offer} onTender={tender} />
        <SalePane cart={cart}>
          <PayFoot cart={cart} desk={desk} onBack={back} />
        </SalePane>
      </main>
      <PharmacistDialog desk={desk} people={people} />
      <OverLimitDialog desk={desk} people={people} />
    </Frame>
  );
}

function PayFoot({
  cart,
  desk,
  onBack,
}: {
  readonly cart: CartView;
  readonly desk: PaymentDesk;
  readonly onBack: () => void;
}) {
  const { t } = useLingui();
  const tax = cart.taxes.reduce((sum, { taxMinor }) => sum + taxMinor, 0);
  const names = useTenderNames();
  return (
    <TotalBand
      figures={
        <table className="border-spacing-0 text-16">
          <tbody>
            <FigureRow name={t`Total`} minor={cart.totalMinor} className="font-semibold" />
            {takenByKind(desk.payment.taken).map(([kind, minor]) => (
              <FigureRow key={kind} name={names[kind]} minor={-minor} className="font-semibold text-ok" />
            ))}
            <FigureRow name={t`Tax`} minor={tax} className="text-muted" />
          </tbody>
        </table>
      }
      label={t`Left to pay`}
      large={<LargeMoney minor={desk.leftMinor} />}
      actions={
        <>
          <Button size={72} keys="Esc" tabIndex={-1} className="low:h-target-56" onClick={onBack}>
            <Trans>Back</Trans>
          </Button>
          <TakeButton desk={desk} />
        </>
      }
    />
  );
}

/** One row a kind, however many parts: each part is beside it. */
const takenByKind = (taken: PaymentDesk['payment']['taken']) =>
  [...Map.groupBy(taken, ({ kind }) => kind)].map(
    ([kind, parts]) => [kind, sumMinor(parts.map((part) => part.amountMinor))] as const,
  );

function FigureRow({
  name,
  minor,
  className,
}: {
  readonly name: string;
  readonly minor: number;
  readonly className: string;
}) {
  return (
    <tr>
      <td className="min-w-24 pe-4">{name}</td>
      <td className={`figure min-w-[88px] ${className}`}>
        <Money minor={minor} />
      </td>
    </tr>
  );
}

function TakeButton({ desk }: { readonly desk: PaymentDesk }) {
  const { connection } = useTill();
  const lost = useSyncExternalStore(connection.subscribe, connection.get) === 'lost';
  const format = useFormat();
  const names = useTenderNames();
  const { step, payment } = desk;
  const tender = step.do === 'take' ? step.tender : step.do === 'pay' ? step.tenders.at(-1) : undefined;
  const amount = format.money(tender?.amountMinor ?? desk.leftMinor);
  const name = names[tender?.kind ?? payment.kind];
  return (
    <Button
      kind="primary"
      size={72}
      grow
      keys={desk.cards.current ? undefined : 'Enter'}
      tabIndex={-1}
      className="low:h-target-56 low:text-20"
      disabled={desk.busy || desk.cards.current !== null}
      onClick={desk.enter}
    >
      {payment.asked && lost ? (
        <Trans>Asking the till</Trans>
      ) : desk.cards.current ? (
        <span className="truncate">
          <Trans>Settle the card first</Trans>
        </span>
      ) : (
        <span className="truncate">
          <Trans>
            Take <bdi dir="ltr">{amount}</bdi> · {name}
          </Trans>
        </span>
      )}
    </Button>
  );
}
