import { ChevronDown } from 'lucide-react';
import { useId } from 'react';
import { cx } from './cx.ts';

interface SelectProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
  readonly size?: 32 | 44;
}

/** The browser's own list behind a label inside the box, as the back office's filters have it: *Store All 12*. */
export function Select<T extends string>({ label, value, options, onChange, size = 32 }: SelectProps<T>) {
  const id = useId();
  return (
    <div
      className={cx(
        'relative inline-flex items-center gap-2 rounded-6 border border-line-control bg-surface ps-2.5 whitespace-nowrap focus-within:outline-3 focus-within:outline-offset-1 focus-within:outline-focus',
        size === 32 ? 'h-8 text-14' : 'h-target-44 text-16',
      )}
    >
      <label htmlFor={id} className="text-faint">
        {label}
      </label>
      <select
        id={id}
        value={value}
        onChange={(event) => {
          const picked = options.find((option) => option.value === event.target.value);
          if (picked) onChange(picked.value);
        }}
        className="h-full appearance-none rounded-6 bg-surface pe-8 font-medium outline-none"
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown size={16} aria-hidden className="pointer-events-none absolute end-2.5 text-faint" />
    </div>
  );
}
