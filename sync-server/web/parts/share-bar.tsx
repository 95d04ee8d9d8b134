export interface Share {
  readonly key: string;
  readonly label: string;
  readonly value: number;
  /** Place in the legend from 1: picks colour and pattern. */
  readonly place: number;
}

/** Shares of a sum in one bar, as long as `total` is of `longest`. The figures stand beside it. */
export function ShareBar({
  shares,
  total,
  longest,
}: {
  readonly shares: readonly Share[];
  readonly total: number;
  readonly longest: number;
}) {
  if (total <= 0 || longest <= 0) return null;
  return (
    <span
      aria-hidden
      className="flex h-2.5 gap-px overflow-hidden rounded-[2px]"
      style={{ inlineSize: `${(100 * total) / longest}%` }}
    >
      {shares.map((share) => (
        <span
          key={share.key}
          className={`share-${((share.place - 1) % 6) + 1} h-full`}
          style={{ inlineSize: `${(100 * Math.max(0, share.value)) / total}%` }}
        />
      ))}
    </span>
  );
}

/** The square that stands for a share in legends and tables. */
export function ShareMark({ place }: { readonly place: number }) {
  return (
    <span
      aria-hidden
      className={`share-${((place - 1) % 6) + 1} inline-block size-3 flex-none rounded-[3px]`}
    />
  );
}
