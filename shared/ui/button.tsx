import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { cx } from './cx.ts';
import { Keys } from './kbd.tsx';

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'size'> {
  /** `plain` has an edge, `primary` is the one main action of a screen, `quiet` has neither, `danger` destroys. */
  readonly kind?: 'plain' | 'primary' | 'quiet' | 'danger';
  /** Height in px: 32 in the back office's bars and tables; 44, 56, 72 are targets at the counter. */
  readonly size?: 32 | 44 | 56 | 72;
  /** The key that does the same, shown at the trailing side: `F9`, `Shift+F4`. */
  readonly keys?: string | undefined;
  readonly icon?: ReactNode;
  /** Takes the rest of the row. */
  readonly grow?: boolean;
  readonly ref?: Ref<HTMLButtonElement> | undefined;
}

/** A button that shows its key. A disabled one needs its reason beside it, which is the screen's to say. */
export function Button({
  kind = 'plain',
  size = 44,
  keys,
  icon,
  grow = false,
  className,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-keyshortcuts={keys && ariaKeys(keys)}
      className={cx(
        'inline-flex items-center justify-center whitespace-nowrap border font-semibold transition-colors duration-[var(--motion-fast)]',
        'disabled:border-line disabled:bg-surface-2 disabled:text-faint',
        shapes[size],
        size === 72 && (kind === 'primary' ? 'text-28 tracking-tight' : 'text-20'),
        kinds[kind],
        grow && 'flex-1',
        className,
      )}
    >
      {icon}
      {children}
      {keys && <Keys keys={keys} onFill large={size === 72} />}
    </button>
  );
}

/** A square button with an icon alone; `label` is what it is called. */
export function IconButton({
  label,
  children,
  className,
  ...rest
}: Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'aria-label'> & { readonly label: string }) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      title={label}
      className={cx(
        'grid size-8 flex-none place-items-center rounded-6 text-muted hover:bg-surface-2 hover:text-ink',
        className,
      )}
    >
      {children}
    </button>
  );
}

const shapes = {
  32: 'h-8 gap-2 rounded-6 px-3 text-14',
  44: 'h-target-44 gap-3 rounded-6 px-4 text-16',
  56: 'h-target-56 gap-3 rounded-6 px-4 text-16',
  72: 'h-target-72 gap-3 rounded-10 px-6',
} as const;

const kinds = {
  plain: 'border-line-control bg-surface text-ink hover:bg-surface-2 active:bg-surface-3',
  primary: 'border-brand bg-brand text-on-brand hover:border-brand-hover hover:bg-brand-hover',
  quiet: 'border-transparent bg-transparent text-muted hover:bg-surface-2 hover:text-ink active:bg-surface-3',
  danger: 'border-stop bg-surface text-stop hover:bg-stop-soft',
} as const;

/** `Ctrl+K` as ARIA writes it: `Control+K`. */
const ariaKeys = (keys: string) =>
  keys.replace('Ctrl', 'Control').replace('Esc', 'Escape').replace('Del', 'Delete');
