import { Search } from 'lucide-react';
import type { InputHTMLAttributes, KeyboardEvent, ReactNode, Ref } from 'react';
import { cx } from '#shared/ui/cx.ts';
import { Kbd } from '#shared/ui/kbd.tsx';

/**
 * The field over a list of what it found: typing stays here while ↑ ↓ choose below (`list` is the id of the list,
 * `active` that of the chosen row). Keys pressed while letters are composed are the composer's.
 */
export function SearchField({
  ref,
  label,
  list,
  active,
  expanded,
  text,
  onText,
  onKeyDown,
  lead,
  keys,
  className,
  ...input
}: {
  readonly ref: Ref<HTMLInputElement>;
  readonly label: string;
  readonly list: string;
  readonly active: string | undefined;
  readonly expanded: boolean;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void;
  readonly lead?: ReactNode;
  readonly keys?: string;
  readonly className?: string;
  /** While it is empty, keys that type are commands (keys/command-keys.tsx). */
  readonly 'data-gives-keys'?: '';
} & Pick<InputHTMLAttributes<HTMLInputElement>, 'placeholder' | 'maxLength'>) {
  return (
    <label
      className={cx(
        'flex h-target-56 flex-none items-center gap-3 rounded-10 border border-line-control bg-surface px-4 text-20 focus-within:border-transparent focus-within:outline-3 focus-within:outline-offset-1 focus-within:outline-focus low:h-target-44',
        className,
      )}
    >
      <Search size={20} aria-hidden className="flex-none" />
      {lead}
      <input
        maxLength={200}
        {...input}
        ref={ref}
        type="text"
        role="combobox"
        aria-label={label}
        aria-expanded={expanded}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={active}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={(event) => !event.nativeEvent.isComposing && onKeyDown(event)}
        className="h-full min-w-0 flex-1 bg-transparent outline-none"
      />
      {keys && <Kbd>{keys}</Kbd>}
    </label>
  );
}
