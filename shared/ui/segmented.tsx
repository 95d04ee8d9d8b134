import { RadioGroup } from 'radix-ui';
import type { ReactNode } from 'react';

/** One of two or three, side by side: *Chart | Table*, light, dark, system. Arrow keys move, in reading direction. */
export function Segmented<T extends string>({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: ReactNode }[];
  readonly onChange: (value: T) => void;
}) {
  const pick = (picked: string) => {
    const option = options.find((one) => one.value === picked);
    if (option) onChange(option.value);
  };
  return (
    <RadioGroup.Root
      aria-label={label}
      value={value}
      onValueChange={pick}
      orientation="horizontal"
      className="inline-flex h-8 rounded-6 border border-line-control bg-surface"
    >
      {options.map((option) => (
        <RadioGroup.Item
          key={option.value}
          value={option.value}
          className="flex items-center gap-1.5 border-line px-2.5 text-12 font-medium text-muted not-first:border-s first:rounded-s-[5px] last:rounded-e-[5px] data-[state=checked]:bg-brand-soft data-[state=checked]:font-semibold data-[state=checked]:text-on-brand-soft"
        >
          {option.label}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
