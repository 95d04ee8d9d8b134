import { Trans } from '@lingui/react/macro';
import { useFormat } from '#shared/ui/use-format.ts';

/** How far a store's figures reach: the hour today, the day as well before that. */
export function DataTo({ at, warn = false }: { readonly at: number | null; readonly warn?: boolean }) {
  const format = useFormat();
  if (at === null)
    return (
      <span className="text-muted">
        <Trans>not known</Trans>
      </span>
    );
  const day = format.day(at) === format.day(Date.now()) ? '' : `${format.day(at)} `;
  return <time className={warn ? 'font-semibold text-warn' : ''}>{`${day}${format.time(at)}`}</time>;
}
