import { useId } from 'react';

/** One of a few: arrow keys choose, as in any group of radio buttons. */
export function Choice({
  label,
  options,
  chosen,
  onChoose,
}: {
  readonly label: string;
  readonly options: readonly string[];
  readonly chosen: number;
  readonly onChoose: (which: number) => void;
}) {
  const name = useId();
  return (
    <fieldset className="grid gap-1">
      <legend className="pb-1 font-semibold">{label}</legend>
      <div className="flex flex-wrap gap-2">
        {options.map((option, i) => (
          <label
            key={option}
            className="flex min-h-11 cursor-pointer items-center gap-2 rounded-10 border border-line-control px-3 has-checked:border-brand has-checked:bg-brand-soft has-checked:text-on-brand-soft"
          >
            <input type="radio" name={name} checked={i === chosen} onChange={() => onChoose(i)} />
            <bdi>{option}</bdi>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
