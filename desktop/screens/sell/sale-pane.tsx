import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { ShoppingBasket, UserRound } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { isSoldByWeight } from '#shared/catalog/weighed-sale.ts';
import type { CartLineView, CartView } from '#shared/sales/calls-cart.ts';
import { Announce } from '#shared/ui/announce.tsx';
import { Badge } from '#shared/ui/badge.tsx';
import { Button } from '#shared/ui/button.tsx';
import { EmptyState } from '#shared/ui/states.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { useDesk } from '../desk.ts';
import { useCommandRunner } from '../keys/command-keys.tsx';
import { BlockersNote, TakenUpTwiceNote } from './blockers-note.tsx';
import { SaleLine } from './sale-line.tsx';
import { StickyFoot } from './sticky-foot.tsx';
import { useGrown } from './use-grown.ts';

/** The sale: its lines in the places they keep from sell through batch to pay, and under them what a task is about. */
export function SalePane({ cart, children }: { readonly cart: CartView; readonly children: ReactNode }) {
  const { t } = useLingui();
  const chosenLineId = useDesk((desk) => desk.chosenLineId);
  const editingLineId = useDesk((desk) => desk.editingLineId);
  const grown = useGrown(cart);
  return (
    <section
      aria-label={t`Sale`}
      className="flex min-h-0 min-w-0 flex-col overflow-hidden rounded-10 border border-line bg-surface stacked:contents"
    >
      <div className="flex min-h-0 flex-1 flex-col stacked:order-1 stacked:flex-none stacked:rounded-10 stacked:border stacked:border-line stacked:bg-surface">
        <SaleHead cart={cart} />
        {cart.lines.length === 0 ? <EmptySale /> : <ColumnHeads />}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: more lines than fit are scrolled by keyboard too */}
        <ol tabIndex={0} aria-label={t`Lines`} className="min-h-0 flex-1 overflow-auto empty:hidden">
          {cart.lines.map((line, i) => (
            <SaleLine
              key={line.lineId}
              line={line}
              number={i + 1}
              chosen={line.lineId === chosenLineId}
              editing={line.lineId === editingLineId}
              flash={line.lineId === grown?.lineId ? grown.revision : null}
            />
          ))}
        </ol>
      </div>
      <StickyFoot className="stacked:order-3 stacked:-mx-2 stacked:mt-auto stacked:-mb-2">
        <TakenUpTwiceNote cart={cart} />
        <BlockersNote cart={cart} />
        {children}
      </StickyFoot>
      <SaleAnnouncer cart={cart} />
    </section>
  );
}

function SaleHead({ cart }: { readonly cart: CartView }) {
  const { t } = useLingui();
  const undo = useCommandRunner()('undo');
  const lines = cart.lines.length;
  const { packs } = cart;
  return (
    <header className="flex h-12 flex-none items-center gap-3 border-b border-line-soft px-4 text-14 low:h-10">
      <h1 className="text-16 font-semibold">
        <Trans>Sale</Trans>
      </h1>
      {lines > 0 && (
        <span className="text-muted">
          {t`${plural(lines, { one: '# line', other: '# lines' })}`} ·{' '}
          {t`${plural(packs, { one: '# pack', other: '# packs' })}`}
        </span>
      )}
      {cart.customer && (
        <span className="flex min-w-0 items-center gap-1 font-semibold">
          <UserRound size={16} aria-hidden />
          <bdi className="truncate">{cart.customer.name ?? t`A customer`}</bdi>
          {cart.taxExemption !== null && <Badge>{t`Exempt from tax`}</Badge>}
        </span>
      )}
      {undo && (
        <Button
          kind="quiet"
          size={32}
          keys="Ctrl+Z"
          tabIndex={-1}
          className="-me-3 ms-auto"
          onClick={() => undo(0)}
        >
          <Trans>Undo</Trans>
        </Button>
      )}
    </header>
  );
}

function ColumnHeads() {
  return (
    <div
      aria-hidden="true"
      className="sale-line h-8 flex-none items-center border-b border-line-soft text-12 font-semibold text-faint stacked:hidden"
    >
      <span />
      <span className="figure">
        <Trans>Qty</Trans>
      </span>
      <span>
        <Trans>Article</Trans>
      </span>
      <span className="figure">
        <Trans>Price</Trans>
      </span>
      <span className="figure">
        <Trans>Tax</Trans>
      </span>
      <span className="figure">
        <Trans>Amount</Trans>
      </span>
    </div>
  );
}

function EmptySale() {
  const { t } = useLingui();
  return (
    <EmptyState
      icon={<ShoppingBasket size={28} strokeWidth={1.5} aria-hidden />}
      title={t`Nothing in the sale yet`}
    >
      <Trans>The first scan begins it.</Trans>
    </EmptyState>
  );
}

/** Says what came last and the total, whenever the sale changes; not what was there when the screen opened. */
function SaleAnnouncer({ cart }: { readonly cart: CartView }) {
  const { t } = useLingui();
  const format = useFormat();
  const opened = useRef(cart.revision);
  const line = cart.lines.find(({ lineId }) => lineId === cart.lastLineId);
  const total = format.money(cart.totalMinor);
  const name = line?.name ?? '';
  const quantityOf = (sold: CartLineView) =>
    isSoldByWeight(sold) ? format.weight(sold.qtyBase) : format.quantity(sold.qtyBase, sold.packSize);
  const quantity = line ? quantityOf(line) : '';
  if (cart.revision === opened.current) return <Announce words="" />;
  return <Announce words={line ? t`${quantity} × ${name}. Total ${total}` : t`Total ${total}`} />;
}
