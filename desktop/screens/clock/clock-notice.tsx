import { Trans, useLingui } from '@lingui/react/macro';
import { ClockAlert } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { TimeState } from '#shared/auth/calls.ts';
import { Button } from '#shared/ui/button.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { capsOf } from '../keys/chord.ts';
import { useCommands, useKeymap } from '../keys/command-keys.tsx';
import { useLive } from '../live.ts';
import { useTill } from '../till.ts';
import { DateDialog } from './date-dialog.tsx';

type Question = NonNullable<TimeState['confirm']>;

/** Less than a minute is no news. */
const NEWS_MS = 60_000;
/** From here on it is a matter of dates. */
const DAYS_MS = 48 * 3_600_000;

/**
 * A strip under the top bar where this machine's clock is wrong: how far it is from HQ's, or the question which date is
 * right. It takes its room and covers nothing; what is being sold goes on.
 */
export function ClockNotice() {
  const till = useTill();
  const time = useLive(till.time);
  const state = useLive(till.state);
  const question = time?.confirm ?? null;
  const people = state && 'people' in state ? state.people : [];
  return (
    <div role="status" className="min-w-0">
      {question && people.length > 0 && <DateStrip question={question} people={people} />}
      {!question && time && Math.abs(time.skewMs ?? 0) > NEWS_MS && (
        <Strip>
          <p>
            <Skew skewMs={time.skewMs ?? 0} />
          </p>
        </Strip>
      )}
    </div>
  );
}

function DateStrip({
  question,
  people,
}: {
  readonly question: Question;
  readonly people: Parameters<typeof DateDialog>[0]['people'];
}) {
  const format = useFormat();
  const keymap = useKeymap();
  const [open, setOpen] = useState(false);
  const ask = () => setOpen(true);
  useCommands({ confirmDate: ask });
  const clockDay = format.day(question.clockMs);
  const tillDay = format.day(question.tillMs);
  return (
    <>
      <Strip>
        <p>
          <Trans>
            This machine’s clock says <bdi>{clockDay}</bdi>, the till goes on from <bdi>{tillDay}</bdi>. A
            manager says which is right.
          </Trans>
        </p>
        <Button
          size={32}
          className="ms-auto flex-none"
          keys={capsOf(keymap.confirmDate[0] ?? '')}
          onClick={ask}
        >
          <Trans>Confirm the date</Trans>
        </Button>
      </Strip>
      {open && <DateDialog question={question} people={people} onClose={() => setOpen(false)} />}
    </>
  );
}

function Skew({ skewMs }: { readonly skewMs: number }) {
  const format = useFormat();
  const { t } = useLingui();
  const by = format.duration(Math.abs(skewMs));
  if (Math.abs(skewMs) >= DAYS_MS)
    return <Trans>The date of this machine’s clock is wrong. The till goes by HQ’s.</Trans>;
  return (
    <>
      {skewMs > 0
        ? t`This till’s clock is ${by} ahead. Sales are timed by HQ’s.`
        : t`This till’s clock is ${by} behind. Sales are timed by HQ’s.`}
    </>
  );
}

const Strip = ({ children }: { readonly children: ReactNode }) => (
  <div className="flex min-h-11 items-center gap-3 border-b border-warn-line bg-warn-soft px-gutter py-1 text-14 text-warn">
    <ClockAlert size={20} aria-hidden className="flex-none" />
    {children}
  </div>
);
