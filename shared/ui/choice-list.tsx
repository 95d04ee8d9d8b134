import { type KeyboardEvent, type ReactNode, type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import { cx } from './cx.ts';

/**
 * A list of which one row is chosen, for hands on keys: it takes the focus as soon as there is a row, arrows choose,
 * Enter is `onEnter`. Rows are `ChoiceRow`s with the same `id`. Other keys are the caller's by `onKeyDown`.
 */
export function ChoiceList({
  id,
  label,
  count,
  chosen,
  onChoose,
  onEnter,
  onKeyDown,
  className,
  ref,
  children,
}: {
  readonly id: string;
  readonly label: string;
  readonly count: number;
  /** The index of the row; -1 where none is. */
  readonly chosen: number;
  readonly onChoose: (index: number) => void;
  readonly onEnter?: (() => void) | undefined;
  readonly onKeyDown?: ((event: KeyboardEvent) => void) | undefined;
  readonly className?: string;
  readonly ref?: Ref<HTMLDivElement>;
  readonly children: ReactNode;
}) {
  const list = useRef<HTMLDivElement>(null);
  useImperativeHandle<HTMLDivElement | null, HTMLDivElement | null>(ref, () => list.current);
  useEffect(() => {
    if (count > 0) list.current?.focus();
  }, [count]);
  return (
    <div
      ref={list}
      role="listbox"
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={chosen >= 0 && chosen < count ? `${id}-${chosen}` : undefined}
      className={cx('min-h-0 flex-1 overflow-auto empty:hidden focus-visible:-outline-offset-3', className)}
      onKeyDown={(event) => {
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (step !== undefined) {
          event.preventDefault();
          onChoose(Math.min(Math.max(chosen + step, 0), count - 1));
        } else if (event.key === 'Enter' && !event.repeat) onEnter?.();
        else onKeyDown?.(event);
      }}
    >
      {children}
    </div>
  );
}

/** A row of a `ChoiceList`; the chosen one comes into sight. The mouse chooses without taking the list's focus. */
export function ChoiceRow({
  id,
  index,
  chosen,
  onChoose,
  className,
  children,
}: {
  readonly id: string;
  readonly index: number;
  readonly chosen: boolean;
  readonly onChoose: (index: number) => void;
  readonly className: string;
  readonly children: ReactNode;
}) {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (chosen) row.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <div
      ref={row}
      id={`${id}-${index}`}
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      onMouseDown={(event) => {
        event.preventDefault();
        onChoose(index);
      }}
      className={cx('relative cursor-pointer border-b border-line-soft', className, chosen && 'chosen')}
    >
      {children}
    </div>
  );
}
