import { cx } from '#shared/ui/cx.ts';

/** A person's initials in a disc: 28 px in the bar, 48 on a tile, 56 over the PIN. `chosen` fills it. */
export function Face({
  name,
  size = 28,
  chosen = false,
}: {
  readonly name: string;
  readonly size?: 28 | 48 | 56;
  readonly chosen?: boolean;
}) {
  return (
    <span
      aria-hidden="true"
      style={{ inlineSize: size, blockSize: size }}
      className={cx(
        'grid flex-none place-items-center rounded-full font-semibold',
        { 28: 'text-12', 48: 'text-16', 56: 'text-20' }[size],
        chosen ? 'bg-brand text-on-brand' : 'bg-brand-soft text-on-brand-soft',
      )}
    >
      {initialsOf(name)}
    </span>
  );
}

/** First letters of the first and the last word of a name: `Amélie Roux` → `AR`. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/[\s-]+/);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends.map((word) => [...(word ?? '')][0]?.toLocaleUpperCase() ?? '').join('');
}
