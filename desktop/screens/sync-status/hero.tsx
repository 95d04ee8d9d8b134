import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Cloud, CloudOff } from 'lucide-react';
import type { Ref } from 'react';
import type { SyncState } from '#shared/auth/calls.ts';
import { Button } from '#shared/ui/button.tsx';
import { cx } from '#shared/ui/cx.ts';
import { useFormat } from '#shared/ui/use-format.ts';
import { usePersonWanted } from './trouble-words.ts';
import { when } from './when.ts';

/** How it stands in one line, what that means for the work, and the one thing to do. */
export function Hero({
  sync,
  changes,
  now,
  trying,
  onTry,
  ref,
}: {
  readonly sync: SyncState;
  /** Documents that wait, of all kinds; null while they are being counted. */
  readonly changes: number | null;
  readonly now: number;
  readonly trying: boolean;
  readonly onTry: () => void;
  readonly ref: Ref<HTMLButtonElement>;
}) {
  const well = sync.link === 'online' && sync.trouble === null;
  const Icon = well ? Cloud : CloudOff;
  return (
    <div className="flex items-center gap-4 px-4 py-5 max-[640px]:flex-wrap low:py-2">
      <span
        className={cx(
          'grid size-14 flex-none place-items-center rounded-10 low:size-10',
          well ? 'bg-ok-soft text-ok' : 'bg-info-soft text-info',
        )}
      >
        <Icon size={28} strokeWidth={1.5} aria-hidden />
      </span>
      <div className="min-w-0 flex-1" role="status">
        <h1 className="text-28 font-semibold tracking-tight">{useTitle(sync, now)}</h1>
        <p className="text-muted">{useMeaning(sync, changes)}</p>
      </div>
      <Button ref={ref} size={56} keys="Enter" onClick={onTry}>
        {trying ? <Trans>Trying</Trans> : <Trans>Try now</Trans>}
      </Button>
    </div>
  );
}

function useTitle({ link, trouble, since, lastPullAt, lastPushAt }: SyncState, now: number): string {
  const { t } = useLingui();
  const format = useFormat();
  const wanted = usePersonWanted()(trouble);
  const from = when(format, since, now);
  if (link === 'off') return t`Taken off the network at ${from}`;
  if (wanted) return wanted.title;
  if (link === 'online') return t`Online`;
  return lastPullAt === null && lastPushAt === null
    ? t`Not connected since the start at ${from}`
    : t`Offline since ${from}`;
}

function useMeaning({ link, waiting, trouble }: SyncState, changes: number | null): string {
  const { t } = useLingui();
  const wanted = usePersonWanted()(trouble);
  if (wanted) return wanted.now;
  if (waiting === 0)
    return link === 'online'
      ? t`HQ has everything this till made.`
      : t`Everything works here. HQ has everything this till made.`;
  if (changes === null) return t`Everything works here.`;
  if (link === 'online')
    return t`${plural(changes, { one: '# change is on its way to HQ.', other: '# changes are on their way to HQ.' })}`;
  if (link === 'off')
    return t`${plural(changes, { one: 'Everything works here. # change is safe and leaves when the network is back on.', other: 'Everything works here. # changes are safe and leave when the network is back on.' })}`;
  return t`${plural(changes, { one: 'Everything works here. # change is safe and leaves when HQ answers.', other: 'Everything works here. # changes are safe and leave when HQ answers.' })}`;
}
