import { type InputHTMLAttributes, type ReactNode, type Ref, useId } from 'react';
import { cx } from './cx.ts';

export interface FieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'size' | 'prefix'> {
  readonly ref?: Ref<HTMLInputElement>;
  readonly label: string;
  /** What is expected, under the field. */
  readonly hint?: ReactNode;
  /** What is wrong, in words; takes the hint's place and is announced. */
  readonly error?: string | undefined;
  /** 32 in the back office, 44 at the counter, 56 for what the screen is about. */
  readonly size?: 32 | 44 | 56;
  /** Before and after the text: an icon, a currency, a key cap. */
  readonly lead?: ReactNode;
  readonly trail?: ReactNode;
  /** The label stays for screen readers alone, where the place says what the field is. */
  readonly labelHidden?: boolean;
}

/** A labelled input. The ring is drawn around the whole box, icon included. */
export function Field({
  label,
  hint,
  error,
  size = 44,
  lead,
  trail,
  labelHidden = false,
  className,
  ...input
}: FieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={cx('grid min-w-0 gap-1', className)}>
      <label htmlFor={id} className={labelHidden ? 'sr-only' : 'text-12 font-semibold text-muted'}>
        {label}
      </label>
      <div
        className={cx(
          'flex items-center bg-surface border focus-within:outline-3 focus-within:outline-offset-1 focus-within:outline-focus',
          error ? 'border-stop' : 'border-line-control',
          boxes[size],
        )}
      >
        {lead}
        <input
          {...input}
          id={id}
          aria-invalid={error ? true : undefined}
          aria-describedby={note ? `${id}-note` : undefined}
          className="h-full w-full min-w-0 flex-1 bg-transparent outline-none disabled:text-faint"
        />
        {trail}
      </div>
      {note && (
        <p
          id={`${id}-note`}
          role={error ? 'alert' : undefined}
          className={cx('text-12', error ? 'font-semibold text-stop' : 'text-muted')}
        >
          {note}
        </p>
      )}
    </div>
  );
}

const boxes = {
  32: 'h-8 gap-2 rounded-6 px-2.5 text-14',
  44: 'h-target-44 gap-2 rounded-6 px-3 text-16',
  56: 'h-target-56 gap-3 rounded-10 px-4 text-20',
} as const;
