import { CalendarDays } from 'lucide-react';
import { useRef } from 'react';
import { localeTags } from '#shared/ui/format.ts';
import { useFormat } from '#shared/ui/use-format.ts';

/** A day to choose, 32 px: written out in the reader's language, the browser's calendar behind it. */
export function DateField({
  label,
  value,
  empty,
  onPick,
}: {
  readonly label: string;
  /** `YYYY-MM-DD`, or '' for no choice. */
  readonly value: string;
  /** What no choice means. */
  readonly empty: string;
  readonly onPick: (date: string) => void;
}) {
  const format = useFormat();
  const input = useRef<HTMLInputElement>(null);
  const weekday = (date: string) =>
    new Intl.DateTimeFormat(localeTags[format.locale], { weekday: 'long', timeZone: 'UTC' }).format(
      new Date(date),
    );
  const open = () => {
    try {
      input.current?.showPicker();
    } catch {
      // No calendar in this browser: the field takes a typed date all the same.
    }
  };
  return (
    <label className="relative flex h-8 cursor-pointer items-center gap-2 rounded-6 border border-line-control bg-surface px-2.5 focus-within:outline-3 focus-within:outline-offset-1 focus-within:outline-focus hover:bg-surface-2">
      <CalendarDays size={16} aria-hidden className="text-muted" />
      <span aria-hidden className="font-semibold whitespace-nowrap">
        {value === '' ? empty : `${weekday(value)} ${format.date(value)}`}
      </span>
      <input
        ref={input}
        type="date"
        aria-label={label}
        value={value}
        onClick={open}
        onChange={(event) => onPick(event.target.value)}
        className="absolute inset-0 cursor-pointer opacity-0"
      />
    </label>
  );
}
