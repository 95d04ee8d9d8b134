import { ChevronDown } from 'lucide-react';
import type { SelectHTMLAttributes } from 'react';
import { cx } from '#shared/ui/cx.ts';

/** A choice in a bar, 32 px: what it is about stands inside, before what is chosen. */
export function Select({
  label,
  labelHidden = false,
  className,
  children,
  ...rest
}: Omit<SelectHTMLAttributes<HTMLSelectElement>, 'size'> & {
  readonly label: string;
  readonly labelHidden?: boolean;
}) {
  return (
    <label
      className={cx(
        'relative flex h-8 items-center rounded-6 border border-line-control bg-surface focus-within:outline-3 focus-within:outline-offset-1 focus-within:outline-focus',
        className,
      )}
    >
      {!labelHidden && <span className="ps-2.5 text-faint">{label}</span>}
      <select
        aria-label={label}
        {...rest}
        className="h-full min-w-0 flex-1 cursor-pointer appearance-none rounded-6 bg-transparent ps-2 pe-8 outline-none"
      >
        {children}
      </select>
      <ChevronDown size={16} aria-hidden className="pointer-events-none absolute end-2 text-faint" />
    </label>
  );
}

/** The same under a label of its own, for forms. */
export function SelectField({
  label,
  className,
  ...rest
}: Omit<SelectHTMLAttributes<HTMLSelectElement>, 'size'> & { readonly label: string }) {
  return (
    <div className={cx('grid gap-1', className)}>
      <span aria-hidden className="text-12 font-semibold text-muted">
        {label}
      </span>
      <Select label={label} labelHidden {...rest} />
    </div>
  );
}
