import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { CloudOff, Pause } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { cx } from '#shared/ui/cx.ts';
import { useFormat } from '#shared/ui/use-format.ts';
import { useTillNow } from '../clock/till-now.ts';
import { type Locked, useDesk } from '../desk.ts';
import { useLive } from '../live.ts';
import { answerOf } from '../refusal.ts';
import { when } from '../sync-status/when.ts';
import { useTill } from '../till.ts';

/** The sale that waits, and how old people and rights are while there is no HQ. `waits` for who locked it. */
export function SignInNotes({ waits }: { readonly waits: boolean }) {
  const locked = useDesk((desk) => desk.locked);
  return (
    <>
      {locked && locked.lines > 0 && <WaitingSale locked={locked} waits={waits} />}
      <RightsAsOf />
    </>
  );
}

function WaitingSale({ locked, waits }: { readonly locked: Locked; readonly waits: boolean }) {
  const { t } = useLingui();
  const format = useFormat();
  const { lines } = locked;
  const time = format.time(locked.atMs);
  const total = format.money(locked.totalMinor);
  return (
    <Note icon={<Pause size={20} aria-hidden />} title={t`A sale is waiting here`}>
      {t`${plural(lines, { one: '# line', other: '# lines' })}`}, <bdi dir="ltr">{total}</bdi>.{' '}
      {waits ? (
        <Trans>Locked at {time}. It stays as it is.</Trans>
      ) : (
        <Trans>Locked at {time}. Whoever signs in goes on with it.</Trans>
      )}
    </Note>
  );
}

const DAY_MS = 24 * 3_600_000;

/** Beyond a day without HQ a revocation may have gone unheard for long: said with its date, and so that it is seen. */
function RightsAsOf() {
  const { t } = useLingui();
  const format = useFormat();
  const now = useTillNow()();
  const sync = useLive(useTill().sync);
  const offline = sync !== null && sync.link !== 'online';
  const received = useReceived(offline);
  if (!offline) return null;
  const heardAt = Math.max(sync.lastPullAt ?? 0, received ?? 0);
  const asOf = when(format, heardAt, now);
  return (
    <Note
      icon={<CloudOff size={20} aria-hidden />}
      old={heardAt > 0 && now - heardAt > DAY_MS}
      title={t`Signing in works offline`}
    >
      {heardAt > 0 ? (
        <Trans>People and rights are as of {asOf}.</Trans>
      ) : (
        <Trans>People and rights are as HQ gave them when this till joined.</Trans>
      )}
    </Note>
  );
}

/** When the feed last brought something, which the till knows also after a restart without HQ. */
function useReceived(offline: boolean): number | null {
  const { client } = useTill();
  const [received, setReceived] = useState<number | null>(null);
  useEffect(() => {
    if (!offline) return;
    void answerOf(client.auth.syncReport()).then((answer) => {
      if (answer.ok) setReceived(answer.value.receivedAt);
    });
  }, [client, offline]);
  return received;
}

function Note({
  icon,
  title,
  old = false,
  children,
}: {
  readonly icon: ReactNode;
  readonly title: string;
  readonly old?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <div
      className={cx(
        'flex items-center gap-3 rounded-10 border px-4 py-2.5',
        old ? 'border-warn-line bg-warn-soft' : 'border-info-line bg-info-soft',
      )}
    >
      <span className={old ? 'text-warn' : 'text-info'}>{icon}</span>
      <p>
        <b className="block font-semibold">{title}</b>
        <span className={cx('text-14', old ? 'text-warn' : 'text-muted')}>{children}</span>
      </p>
    </div>
  );
}
