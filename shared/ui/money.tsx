import { cx } from './cx.ts';
import { useFormat } from './use-format.ts';

/** A sum of minor units, flush right with tabular numerals; `sign` names the currency, as large figures do. */
export function Money({
  minor,
  sign = false,
  className,
}: {
  readonly minor: number;
  readonly sign?: boolean;
  readonly className?: string;
}) {
  const format = useFormat();
  return (
    <bdi dir="ltr" className={cx('figure', className)}>
      {sign ? format.money(minor) : format.figure(minor)}
    </bdi>
  );
}

/** The figure of a screen, read from two metres: the total (72 px), what is typed (48), the change due (112). */
export function LargeMoney({ minor, size = 72 }: { readonly minor: number; readonly size?: 48 | 72 | 112 }) {
  return (
    <div className={cx('figure-large text-end', sizes[size])}>
      <Money minor={minor} sign />
    </div>
  );
}

/** Base units as packs and loose ones, `2 + 5/12`; grams of what is sold by weight as `0.250 kg`. */
export function Quantity({
  qtyBase,
  packSize,
  weighed = false,
  className,
}: {
  readonly qtyBase: number;
  readonly packSize: number;
  readonly weighed?: boolean;
  readonly className?: string;
}) {
  const format = useFormat();
  // A weight's unit is a word: it stands behind the figure in the reader's direction.
  return (
    <bdi dir={weighed ? 'auto' : 'ltr'} className={cx('figure', className)}>
      {weighed ? format.weight(qtyBase) : format.quantity(qtyBase, packSize)}
    </bdi>
  );
}

/** Behind a price that is of a weight: `/kg`. */
export function PerWeight({ packSize }: { readonly packSize: number }) {
  const format = useFormat();
  return <bdi className="figure text-12 font-normal text-muted">/{format.per(packSize)}</bdi>;
}

const sizes = { 48: 'text-48 font-semibold', 72: 'text-72 font-bold', 112: 'text-112 font-bold' } as const;
