import { Trans } from '@lingui/react/macro';
import { useEffect, useRef } from 'react';
import { isSoldByWeight } from '#shared/catalog/weighed-sale.ts';
import type { CartLineView } from '#shared/sales/calls-cart.ts';
import { Badge } from '#shared/ui/badge.tsx';
import { cx } from '#shared/ui/cx.ts';
import { ExpiryBadge } from '#shared/ui/expiry-badge.tsx';
import { Money, PerWeight, Quantity } from '#shared/ui/money.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { setDesk } from '../desk.ts';
import { useToday } from '../use-today.ts';
import { describe, ScheduleBadge } from './article.tsx';
import { QuantityEditor } from './quantity-editor.tsx';

/** One line of the sale; a row more for each batch it is taken from. */
export function SaleLine({
  line,
  number,
  chosen,
  editing,
  flash,
}: {
  readonly line: CartLineView;
  readonly number: number;
  readonly chosen: boolean;
  readonly editing: boolean;
  /** The revision that changed it last, when that has just been. */
  readonly flash: number | null;
}) {
  const row = useRef<HTMLLIElement>(null);
  const format = useFormat();
  const inSight = chosen || flash !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change brings its line into sight again
  useEffect(() => {
    if (inSight) row.current?.scrollIntoView({ block: 'nearest' });
  }, [inSight, flash]);
  const less = line.discountMinor > 0;
  return (
    <li
      ref={row}
      aria-current={chosen || undefined}
      onMouseDown={() => setDesk({ chosenLineId: line.lineId })}
      className={cx('sale-line relative isolate border-b border-line-soft py-2', chosen && 'chosen')}
    >
      {flash !== null && !chosen && <span key={flash} className="flash absolute inset-0 -z-10" />}
      {editing ? (
        <QuantityEditor line={line} />
      ) : (
        <>
          <span className="text-14 leading-[var(--lh-20)] text-faint">
            <bdi dir="ltr">{number}</bdi>
          </span>
          <span data-testid="quantity" className="figure text-20 font-semibold">
            <Quantity
              qtyBase={line.qtyBase}
              packSize={line.packSize}
              {...(isSoldByWeight(line) && { weighed: true, className: 'text-16 whitespace-normal!' })}
            />
          </span>
        </>
      )}
      <div className="min-w-0">
        <p className="flex items-center gap-2 leading-[var(--lh-20)] font-semibold">
          <bdi className="truncate">{line.name}</bdi>
          <ScheduleBadge scheduleClass={line.scheduleClass} />
        </p>
        <p className="truncate text-14 text-muted">
          <TallMan text={describe(line)} on={line.tallMan !== ''} />
        </p>
        <Batches line={line} />
        <Terms line={line} />
      </div>
      <PackPrice line={line} />
      <span className="figure text-14 leading-[var(--lh-20)] whitespace-normal! text-muted stacked:hidden">
        <bdi dir="ltr">{line.taxPct3.map(format.rate).join(' + ')}</bdi>
      </span>
      <div className="grid content-start">
        <Money minor={line.amountMinor} className="text-20 font-semibold" />
        {less && <Money minor={-line.discountMinor} className="text-14 text-ok" />}
      </div>
    </li>
  );
}

/** The price of a pack, and of what where it is a weight. */
function PackPrice({ line }: { readonly line: CartLineView }) {
  return (
    <span className="grid content-start leading-[var(--lh-20)] stacked:hidden">
      <Money minor={line.packPriceMinor} />
      {isSoldByWeight(line) && <PerWeight packSize={line.packSize} />}
    </span>
  );
}

/** Why this line costs less, and what is said of it. */
function Terms({ line: { discount, offer, note } }: { readonly line: CartLineView }) {
  if (!discount && !offer && note === null) return null;
  return (
    <p className="flex flex-wrap items-center gap-2 text-14 text-ok">
      {discount && <bdi>{discount.reason}</bdi>}
      {offer && (
        <Badge>
          <bdi>{offer.name}</bdi>
        </Badge>
      )}
      {note !== null && <bdi className="text-muted">{note}</bdi>}
    </p>
  );
}

function Batches({ line }: { readonly line: CartLineView }) {
  const { batches, packSize } = line;
  const weighed = isSoldByWeight(line);
  const today = useToday();
  const split = batches.length > 1;
  return batches.map((batch, i) => (
    <p key={batch.batchId} className="flex items-center gap-2 text-14 whitespace-nowrap text-muted">
      {split && (
        <b className="font-semibold text-ink">
          <bdi dir="ltr">
            <Quantity qtyBase={batch.qtyBase} packSize={packSize} weighed={weighed} /> {!weighed && '×'}
          </bdi>
        </b>
      )}
      <span className="flex items-center gap-1">
        <bdi dir="ltr">{batch.code}</bdi> · <ExpiryBadge expiresOn={batch.expiresOn} today={today} />
      </span>
      {batch.why === 'fefo' && split && i === 0 && (
        <Badge>
          <Trans>first to expire</Trans>
        </Badge>
      )}
      {batch.why === 'scanned' && (
        <Badge>
          <Trans>this batch</Trans>
        </Badge>
      )}
      {batch.why === 'not-on-books' && (
        <Badge tone="warn">
          <Trans>not on the books</Trans>
        </Badge>
      )}
    </p>
  ));
}

/** Raised letters of look-alike names are bold as well. */
function TallMan({ text, on }: { readonly text: string; readonly on: boolean }) {
  if (!on) return <bdi>{text}</bdi>;
  return (
    <bdi>
      {text.split(/(\p{Lu}{2,})/u).map((part, i) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text have no other name
        i % 2 ? <b key={i}>{part}</b> : part,
      )}
    </bdi>
  );
}
