import type { ReactNode } from 'react';
import { cx } from '#shared/ui/cx.ts';

/** A strip of the figures a page is about. */
export function KpiStrip({ children }: { readonly children: ReactNode }) {
  return (
    <dl className="grid flex-none auto-cols-fr grid-flow-col divide-x divide-line-soft overflow-hidden rounded-10 border border-line bg-surface">
      {children}
    </dl>
  );
}

export function Kpi({
  label,
  of,
  note,
  tinted = false,
  children,
}: {
  readonly label: ReactNode;
  /** After the figure, smaller: `/ 26`, `min`. */
  readonly of?: ReactNode;
  readonly note?: ReactNode;
  readonly tinted?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <div className={cx('min-w-0 overflow-hidden px-4 pt-2.5 pb-2', tinted && 'bg-brand-soft')}>
      <dt className="truncate text-12 font-medium text-muted">{label}</dt>
      <dd className="m-0">
        <span className="flex items-baseline gap-1.5 text-28 leading-[34px] font-semibold tracking-tight whitespace-nowrap tabular-nums">
          <bdi dir="auto">{children}</bdi>
          {of && <span className="text-16 font-medium tracking-normal text-muted">{of}</span>}
        </span>
        <span className="block min-h-4 truncate text-12 text-muted">{note}</span>
      </dd>
    </div>
  );
}
