import { useLingui } from '@lingui/react/macro';
import { Check } from 'lucide-react';
import { cx } from '#shared/ui/cx.ts';

/** Where an import stands: file, columns, dry run, apply. */
export function Steps({ at }: { readonly at: 1 | 2 | 3 | 4 | 5 }) {
  const { t } = useLingui();
  const names = [t`File`, t`Columns`, t`Dry run`, t`Apply`];
  return (
    <ol aria-label={t`Steps`} className="m-0 flex list-none items-center gap-2.5 p-0 font-medium text-muted">
      {names.map((name, place) => {
        const n = place + 1;
        const done = n < at;
        return (
          <li
            key={name}
            aria-current={n === at ? 'step' : undefined}
            className={cx('flex items-center gap-2', n === at && 'font-semibold text-ink')}
          >
            {place > 0 && <span aria-hidden className="me-0.5 h-px w-7 bg-line-control" />}
            <span
              aria-hidden
              className={cx(
                'grid size-[22px] place-items-center rounded-full border text-12 font-semibold',
                done && 'border-ok-line bg-ok-soft text-ok',
                n === at && 'border-brand bg-brand text-on-brand',
                n > at && 'border-line-control',
              )}
            >
              {done ? <Check size={14} /> : n}
            </span>
            {name}
          </li>
        );
      })}
    </ol>
  );
}
