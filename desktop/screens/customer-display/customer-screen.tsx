import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useMemo, useRef } from 'react';
import type { CustomerDisplay, DisplayLine, DisplayNow } from '#shared/sales/customer-display.ts';
import { cx } from '#shared/ui/cx.ts';
import { LargeMoney, Money } from '#shared/ui/money.tsx';
import { OrgFormat, useFormat } from '#shared/ui/use-format.ts';
import { Starting } from '../frame/starting.tsx';
import { createLive, useLive } from '../live.ts';
import { useTill } from '../till.ts';

/** Whether this window is the customer's: `?view=customer` in its address. */
export const isCustomerView = (page: Window): boolean =>
  new URLSearchParams(page.location.search).get('view') === 'customer';

/** The customer's window: follows the sale, answers to no key, and asks the till for nothing else. */
export function CustomerScreen() {
  const { client } = useTill();
  const display = useMemo(
    () => createLive<CustomerDisplay>((signal) => client.sales.customerDisplay(undefined, { signal })),
    [client],
  );
  const shown = useLive(display);
  if (!shown) return <Starting />;
  const { currency, now, shop } = shown;
  const org = { currency: { code: currency.code, digits: currency.minorDigits }, timeZone: 'UTC' };
  return (
    <OrgFormat value={org}>
      <main className="grid h-full grid-rows-[auto_minmax(0,1fr)] bg-bg text-ink">
        <header className="border-b border-line bg-surface px-8 py-5 text-28 font-semibold">
          <h1>
            <bdi>{shop}</bdi>
          </h1>
        </header>
        <Now now={now} />
      </main>
    </OrgFormat>
  );
}

function Now({ now }: { readonly now: DisplayNow }) {
  switch (now.state) {
    case 'idle':
      return <Greeting />;
    case 'sale':
      return <Sale {...now} />;
    case 'paid':
      return <Paid {...now} />;
  }
}

function Greeting() {
  return (
    <section className="grid place-content-center p-12 text-center">
      <h2 className="text-72 font-bold">
        <Trans>Welcome</Trans>
      </h2>
    </section>
  );
}

type SaleNow = Extract<DisplayNow, { readonly state: 'sale' }>;

function Sale({ lines, discountMinor, totalMinor }: SaleNow) {
  const { t } = useLingui();
  return (
    <section className="grid min-h-0 grid-rows-[minmax(0,1fr)_auto]">
      <ol
        // biome-ignore lint/a11y/noNoninteractiveTabindex: more lines than fit are scrolled by keyboard too
        tabIndex={0}
        aria-label={t`Your purchase`}
        className="min-h-0 overflow-auto px-8 py-4 focus-visible:-outline-offset-3"
      >
        {lines.map((line) => (
          <Line key={line.lineId} line={line} />
        ))}
      </ol>
      <footer className="flex flex-wrap items-end justify-between gap-x-8 border-t border-line bg-surface px-8 py-5">
        <p className="text-20 text-muted">
          {discountMinor > 0 && (
            <>
              <Trans>You save</Trans> <Money minor={discountMinor} sign />
            </>
          )}
        </p>
        <div className="ms-auto text-end" role="status">
          <p className="text-20 font-semibold text-muted">
            <Trans>Total</Trans>
          </p>
          <LargeMoney minor={totalMinor} />
        </div>
      </footer>
    </section>
  );
}

/** The line changed last is scrolled to and marked: it is what was scanned this moment. */
function Line({
  line: { name, packs, looseBase, weightG, amountMinor, isLast },
}: {
  readonly line: DisplayLine;
}) {
  const { t } = useLingui();
  const row = useRef<HTMLLIElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another one of the same pack is scrolled to as well
  useEffect(() => {
    if (isLast) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isLast, amountMinor]);
  const format = useFormat();
  const counted =
    weightG === null
      ? [packs > 0 && `${packs} ×`, looseBase > 0 && t`${looseBase} units`].filter(Boolean).join(' + ')
      : format.weight(weightG);
  return (
    <li
      ref={row}
      className={cx(
        'flex items-baseline gap-4 rounded-6 border-b border-line-soft px-3 py-3 text-20',
        isLast && 'bg-surface font-semibold',
      )}
    >
      <span className="w-24 flex-none text-end whitespace-nowrap text-muted tabular-nums">{counted}</span>
      <bdi className="min-w-0 flex-1 truncate">{name}</bdi>
      <Money minor={amountMinor} />
    </li>
  );
}

type PaidNow = Extract<DisplayNow, { readonly state: 'paid' }>;

function Paid({ totalMinor, changeMinor }: PaidNow) {
  return (
    <section role="status" className="grid place-content-center gap-6 p-12 text-center">
      <h2 className="text-48 font-bold">
        <Trans>Thank you</Trans>
      </h2>
      <p className="text-28 text-muted">
        <Trans>Total paid</Trans> <Money minor={totalMinor} sign />
      </p>
      {changeMinor > 0 && (
        <div>
          <p className="text-28 font-semibold">
            <Trans>Your change</Trans>
          </p>
          <LargeMoney minor={changeMinor} size={112} />
        </div>
      )}
    </section>
  );
}
