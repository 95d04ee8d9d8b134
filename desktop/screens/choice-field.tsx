import type { ReactNode } from 'react';

/** One of a few, under its label. `onTyping`: while it has the focus its keys are its own. */
export function ChoiceField<T extends string>({
  label,
  value,
  options,
  hint,
  onChoose,
  onTyping,
}: {
  readonly label: string;
  readonly value: T;
  readonly options: readonly (readonly [T, ReactNode])[];
  readonly hint?: ReactNode;
  readonly onChoose: (value: T) => void;
  readonly onTyping?: (typing: boolean) => void;
}) {
  return (
    <label className="grid min-w-0 content-start gap-1">
      <span className="text-12 font-semibold text-muted">{label}</span>
      <select
        value={value}
        onChange={({ target }) => {
          const picked = options.find(([one]) => one === target.value);
          if (picked) onChoose(picked[0]);
        }}
        onFocus={() => onTyping?.(true)}
        onBlur={() => onTyping?.(false)}
        className="h-target-44 min-w-0 rounded-6 border border-line-control bg-surface px-3 text-16"
      >
        {options.map(([one, words]) => (
          <option key={one} value={one}>
            {words}
          </option>
        ))}
      </select>
      {hint && <span className="text-12 text-muted">{hint}</span>}
    </label>
  );
}
