import type { HTMLAttributes, ReactNode, TdHTMLAttributes, ThHTMLAttributes } from 'react';
import { cx } from './cx.ts';

/**
 * The shell of every table of the back office. Rows: `dense` 28 px for figures, `list` 32, `pick` 40 and up where a
 * row is picked or has two lines. It scrolls inside its card, head and foot staying.
 */
export function Table({ caption, rows = 'pick', head, foot, children, className }: TableProps) {
  return (
    // A scroll area without anything focusable in it must itself take the focus, or the keyboard cannot scroll it.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className={cx('min-h-0 overflow-auto', className)} tabIndex={0} aria-label={caption}>
      <table className={cx('w-full border-separate border-spacing-0 text-14', heights[rows])}>
        <caption className="sr-only">{caption}</caption>
        <thead className="sticky top-0 z-10">{head}</thead>
        <tbody>{children}</tbody>
        {foot && (
          <tfoot className="sticky bottom-0 z-10 font-semibold [&_td]:border-t [&_td]:border-b-0 [&_td]:border-line [&_td]:bg-surface-2">
            {foot}
          </tfoot>
        )}
      </table>
    </section>
  );
}

export interface TableProps {
  readonly caption: string;
  readonly rows?: 'dense' | 'list' | 'pick';
  /** One `<tr>` of `<Th>`. */
  readonly head: ReactNode;
  /** Totals, equal to the rows above to the cent. */
  readonly foot?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
}

interface CellProps {
  /** Figures: right-aligned in both directions of writing, so that points stand under one another. */
  readonly num?: boolean;
  /** A hairline before it, between groups of columns. */
  readonly group?: boolean;
}

/** A column's head. `sort` says how the table is sorted by it; give `onSort` to make it a button. */
export function Th({
  num = false,
  group = false,
  sort,
  onSort,
  children,
  className,
  ...rest
}: CellProps &
  ThHTMLAttributes<HTMLTableCellElement> & {
    readonly sort?: 'ascending' | 'descending' | undefined;
    readonly onSort?: () => void;
  }) {
  const label = (
    <>
      {children}
      {sort && <span aria-hidden> {sort === 'ascending' ? '↑' : '↓'}</span>}
    </>
  );
  return (
    <th
      scope="col"
      {...rest}
      aria-sort={sort}
      className={cx(
        'h-7 border-b border-line bg-surface-2 px-2.5 text-12 whitespace-nowrap first:ps-4 last:pe-4',
        num ? 'text-right' : 'text-start',
        group && groupLine,
        sort ? 'font-semibold text-ink' : 'font-medium text-muted',
        className,
      )}
    >
      {onSort ? (
        <button type="button" onClick={onSort} className="font-[inherit] hover:text-ink">
          {label}
        </button>
      ) : (
        label
      )}
    </th>
  );
}

/** A row: chosen, stale (hatched, stays in place), or one that can be picked by click or Enter. */
export function Tr({
  selected = false,
  stale = false,
  onPick,
  className,
  ...rest
}: HTMLAttributes<HTMLTableRowElement> & {
  readonly selected?: boolean;
  readonly stale?: boolean;
  readonly onPick?: () => void;
}) {
  return (
    <tr
      {...rest}
      aria-selected={onPick ? selected : undefined}
      tabIndex={onPick ? 0 : undefined}
      onClick={onPick}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.target === event.currentTarget) onPick?.();
      }}
      className={cx(
        'last:[&>td]:border-b-0',
        selected && 'chosen',
        stale && 'text-muted [&>td]:bg-(image:--hatch)',
        onPick && 'cursor-pointer focus-visible:-outline-offset-3',
        onPick && !selected && 'hover:bg-surface-2',
        className,
      )}
    />
  );
}

export function Td({
  num = false,
  group = false,
  className,
  ...rest
}: CellProps & TdHTMLAttributes<HTMLTableCellElement>) {
  return (
    <td
      {...rest}
      className={cx(
        'border-b border-line-soft px-2.5 first:ps-4 last:pe-4',
        num ? 'figure' : 'text-start',
        group && groupLine,
        className,
      )}
    />
  );
}

const groupLine = 'border-s border-s-line-soft';
const heights = { dense: '[&_td]:h-7', list: '[&_td]:h-8', pick: '[&_td]:h-10' } as const;
