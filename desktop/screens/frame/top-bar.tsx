import { Trans } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { SyncChip } from '#shared/ui/chip.tsx';
import { PestleMark } from '#shared/ui/icons.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { useTillNow } from '../clock/till-now.ts';
import { useLive } from '../live.ts';
import { useTill } from '../till.ts';
import { useTraining } from '../training/use-training.ts';
import { Face } from './face.tsx';

/** Mark, store and till · how it stands with HQ, who is at the till, the time. */
export function TopBar() {
  const till = useTill();
  const state = useLive(till.state);
  const store = state && 'store' in state ? state : null;
  const session = state?.phase === 'ready' ? state.session : null;
  const training = useTraining().on !== null;
  return (
    <header className="flex items-center gap-4 border-b border-line bg-surface px-gutter text-14">
      <span className="flex items-center gap-2 text-16 font-bold text-brand">
        <PestleMark /> <span className="max-[800px]:hidden">Pestle</span>
      </span>
      {store && (
        <>
          <Separator />
          {/* Each gives way at its own end, whichever way it is written. */}
          <span className="flex min-w-0 gap-1">
            <bdi className="truncate font-semibold">{store.store.name}</bdi>
            <span className="text-muted">·</span>
            <bdi className="shrink-[99] truncate text-muted">{store.tillName}</bdi>
          </span>
        </>
      )}
      <span className="ms-auto flex flex-none items-center gap-4">
        {store && !training && <HqChip />}
        {session && <ShiftSince />}
        {session && (
          <>
            <Separator />
            <span className="flex items-center gap-2">
              <Face name={session.name} />
              <bdi className="max-[800px]:hidden">{session.name}</bdi>
            </span>
          </>
        )}
        {store && (
          <>
            <Separator />
            <Clock />
          </>
        )}
      </span>
    </header>
  );
}

/** Since when the drawer's shift is open, with the day where that was not today. */
function ShiftSince() {
  const format = useFormat();
  const shift = useLive(useTill().shift);
  if (!shift?.open) return null;
  const { since, businessDate } = shift.open;
  const at = businessDate === shift.today ? format.time(since) : format.date(businessDate);
  return (
    <span className="flex items-center gap-4 max-[1000px]:hidden">
      <Separator />
      <span className="text-muted">
        <Trans>Shift since {at}</Trans>
      </span>
    </span>
  );
}

function HqChip() {
  const sync = useLive(useTill().sync);
  if (!sync) return null;
  const online = sync.link === 'online';
  const state = {
    online,
    offlineSinceMs: online ? null : sync.since,
    waiting: sync.waiting,
    attention: sync.attention,
  };
  const offlineToo = !online && sync.waiting > 0;
  return (
    <span className="flex items-center gap-2">
      <SyncChip state={state} />
      {offlineToo && sync.attention === 0 && (
        <SyncChip state={{ online: true, offlineSinceMs: null, waiting: sync.waiting, attention: 0 }} />
      )}
    </span>
  );
}

/** The store's time as the till has it, to the minute. */
function Clock() {
  const format = useFormat();
  const now = useTillNow()();
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <time className="text-20 font-semibold">
      <bdi dir="ltr">{format.time(now)}</bdi>
    </time>
  );
}

const Separator = () => <span className="h-5 w-px flex-none bg-line" />;
