import { Trans, useLingui } from '@lingui/react/macro';
import { X } from 'lucide-react';
import { Button } from './button.tsx';
import { useFormat } from './use-format.ts';

export interface ProgressState {
  readonly rowsDone: number;
  /** Null while it is not known how many there are. */
  readonly rowsTotal: number | null;
  /** Rows a second, of late. */
  readonly rate: number;
}

/** Long work: rows done of total, rate, time left, cancel. It goes on at HQ or in the till when the page is left. */
export function Progress({
  title,
  state,
  onCancel,
}: {
  readonly title: string;
  readonly state: ProgressState;
  readonly onCancel?: (() => void) | undefined;
}) {
  const { t } = useLingui();
  const format = useFormat();
  const { rowsDone, rowsTotal, rate } = state;
  const [done, total, perSecond] = [
    format.count(rowsDone),
    format.count(rowsTotal ?? 0),
    format.count(Math.round(rate)),
  ];
  const left =
    rowsTotal !== null && rate > 0 ? format.duration(((rowsTotal - rowsDone) / rate) * 1000) : null;
  return (
    <div className="grid gap-2.5 text-14">
      <div className="flex min-h-8 items-center gap-2">
        <span className="font-semibold">{title}</span>
        <span>
          {rowsTotal === null ? (
            <Trans>{done} rows</Trans>
          ) : (
            <Trans>
              {done} of {total} rows
            </Trans>
          )}
          {rate > 0 && (
            <>
              {' '}
              · <Trans>{perSecond} rows a second</Trans>
            </>
          )}
          {left && (
            <>
              {' '}
              · <Trans>{left} left</Trans>
            </>
          )}
        </span>
        <span className="ms-auto flex items-center gap-2 text-12 text-muted">
          <Trans>Goes on if you leave this page</Trans>
          {onCancel && (
            <Button size={32} icon={<X size={16} aria-hidden />} onClick={onCancel}>
              {t`Cancel`}
            </Button>
          )}
        </span>
      </div>
      <div
        role="progressbar"
        aria-label={title}
        aria-valuemin={0}
        aria-valuemax={rowsTotal ?? undefined}
        aria-valuenow={rowsTotal === null ? undefined : rowsDone}
        className="h-2 overflow-hidden rounded-full bg-surface-3"
      >
        <div className="h-full rounded-full bg-brand" style={{ inlineSize: `${share(state) * 100}%` }} />
      </div>
    </div>
  );
}

const share = ({ rowsDone, rowsTotal }: ProgressState) => (rowsTotal ? Math.min(1, rowsDone / rowsTotal) : 0);
