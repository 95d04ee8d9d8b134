import { Trans, useLingui } from '@lingui/react/macro';
import type { ShiftView } from '#shared/sales/calls-shift.ts';
import { cx } from '#shared/ui/cx.ts';
import { useFormat } from '#shared/ui/use-format.ts';

/** Where a close stands: count, compare, report. */
export function Steps({ at }: { readonly at: 1 | 2 | 3 }) {
  const { t } = useLingui();
  return (
    <ol className="flex gap-4 text-14 text-muted">
      {[t`Count`, t`Compare`, t`Z-report`].map((name, i) => (
        <li
          key={name}
          aria-current={i + 1 === at ? 'step' : undefined}
          className={cx('flex items-center gap-1.5', i + 1 === at && 'font-semibold text-ink')}
        >
          <span
            className={cx(
              'grid size-5 place-items-center rounded-full text-12 font-semibold',
              i + 1 === at ? 'bg-brand text-on-brand' : 'bg-surface-2',
            )}
          >
            {i + 1}
          </span>
          {name}
        </li>
      ))}
    </ol>
  );
}

/** Whose shift it is and since when; the day, where it has outlived it. */
export function ShiftAside({
  open,
  today,
}: {
  readonly open: NonNullable<ShiftView['open']>;
  readonly today: string;
}) {
  const format = useFormat();
  const since = format.time(open.since);
  const day = format.date(open.businessDate);
  return (
    <Trans>
      <bdi>{open.openedBy}</bdi> · since {open.businessDate === today ? since : `${day} ${since}`}
    </Trans>
  );
}
