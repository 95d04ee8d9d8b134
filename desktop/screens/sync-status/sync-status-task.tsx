import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Cloud, CloudOff, TriangleAlert } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { SyncState } from '#shared/auth/calls.ts';
import { Button } from '#shared/ui/button.tsx';
import { cx } from '#shared/ui/cx.ts';
import { Pane } from '#shared/ui/pane.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { setDesk } from '../desk.ts';
import { Frame } from '../frame/frame.tsx';
import { useCommands } from '../keys/command-keys.tsx';
import { useLive } from '../live.ts';
import { answerOf } from '../refusal.ts';
import { useTill } from '../till.ts';
import { useSetLink } from './use-set-link.ts';

/** How this till stands with HQ: the link, what waits and since when, what came last, and what each scope reached. */
export function SyncStatusTask() {
  const { t } = useLingui();
  const sync = useLive(useTill().sync);
  const back = () => setDesk({ task: 'sell' });
  useCommands({ back, scan: back });
  return (
    <Frame
      current="syncStatus"
      moment={[
        { keys: 'Enter', label: t`try now` },
        { keys: 'Tab', label: t`next` },
        { keys: 'Esc', label: t`back to sale` },
      ]}
    >
      <main className="panes sync-panes">
        {sync && (
          <>
            <section className="flex min-h-0 flex-col overflow-auto rounded-10 border border-line bg-surface">
              <Hero sync={sync} />
              <Facts sync={sync} />
              <Scopes sync={sync} />
            </section>
            <Beside sync={sync} />
          </>
        )}
      </main>
    </Frame>
  );
}

function Hero({ sync }: { readonly sync: SyncState }) {
  const { t } = useLingui();
  const { client } = useTill();
  const format = useFormat();
  const [trying, setTrying] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  const online = sync.link === 'online';
  const since = format.time(sync.since);
  const { waiting } = sync;
  const tryNow = async () => {
    setTrying(true);
    await answerOf(client.auth.syncNow());
    setTrying(false);
  };
  const title = {
    online: t`Online`,
    offline: t`Offline since ${since}`,
    off: t`Taken off the network at ${since}`,
  };
  return (
    <div className="flex items-center gap-4 px-4 py-5 max-[560px]:flex-wrap">
      <span
        className={cx(
          'grid size-14 flex-none place-items-center rounded-10',
          online ? 'bg-ok-soft text-ok' : 'bg-info-soft text-info',
        )}
      >
        {online ? (
          <Cloud size={28} strokeWidth={1.5} aria-hidden />
        ) : (
          <CloudOff size={28} strokeWidth={1.5} aria-hidden />
        )}
      </span>
      <div className="min-w-0 flex-1" role="status">
        <h1 className="text-28 font-semibold tracking-tight">{title[sync.link]}</h1>
        <p className="text-muted">
          {waiting === 0 ? (
            <Trans>HQ has everything this till made.</Trans>
          ) : (
            t`${plural(waiting, { one: 'Everything works here. # change is safe and leaves when HQ answers.', other: 'Everything works here. # changes are safe and leave when HQ answers.' })}`
          )}
        </p>
      </div>
      <Button ref={button} size={56} keys="Enter" onClick={() => void tryNow()}>
        {trying ? <Trans>Trying</Trans> : <Trans>Try now</Trans>}
      </Button>
    </div>
  );
}

function Facts({ sync }: { readonly sync: SyncState }) {
  const { t } = useLingui();
  const format = useFormat();
  const time = (atMs: number | null) => (atMs === null ? t`never` : format.time(atMs, true));
  const ago = (atMs: number | null) => {
    if (atMs === null) return '';
    const passed = format.duration(Math.max(0, Date.now() - atMs));
    return t`${passed} ago`;
  };
  return (
    <dl className="grid grid-cols-4 border-y border-line-soft max-[800px]:grid-cols-2">
      <Fact name={t`Last sent`} detail={ago(sync.lastPushAt)}>
        {time(sync.lastPushAt)}
      </Fact>
      <Fact name={t`Last received`} detail={ago(sync.lastPullAt)}>
        {time(sync.lastPullAt)}
      </Fact>
      <Fact name={t`Waiting`} detail={t`a sale is one`}>
        {format.count(sync.waiting)}
      </Fact>
      <Fact name={t`Oldest waiting`} detail={ago(sync.oldestWaitingAt)}>
        {sync.oldestWaitingAt === null ? '–' : format.time(sync.oldestWaitingAt)}
      </Fact>
    </dl>
  );
}

function Fact({
  name,
  detail,
  children,
}: {
  readonly name: string;
  readonly detail: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="border-s border-line-soft px-4 py-3 first:border-s-0">
      <dt className="text-12 font-semibold text-muted">{name}</dt>
      <dd className="text-20 font-semibold whitespace-nowrap">
        <bdi className="tabular-nums">{children}</bdi>
      </dd>
      <dd className="min-h-5 text-14 text-muted">{detail}</dd>
    </div>
  );
}

function Scopes({ sync }: { readonly sync: SyncState }) {
  const format = useFormat();
  const state = useLive(useTill().state);
  const storeName = state?.phase === 'ready' ? state.store.name : '';
  return (
    <table className="w-full border-spacing-0">
      <thead className="text-12 text-faint">
        <tr>
          <th scope="col" className="border-b border-line-soft px-4 py-2 text-start font-semibold">
            <Trans>Received by part</Trans>
          </th>
          <th scope="col" className="figure border-b border-line-soft px-4 py-2 font-semibold">
            <Trans>Up to change</Trans>
          </th>
        </tr>
      </thead>
      <tbody>
        {sync.scopes.map(({ scope, seq }) => (
          <tr key={scope}>
            <td className="border-b border-line-soft px-4 py-2 font-semibold">
              {scope.startsWith('store:') ? (
                <bdi>{storeName}</bdi>
              ) : (
                <Trans>Catalogue, people and settings of all stores</Trans>
              )}
            </td>
            <td className="figure border-b border-line-soft px-4 py-2 text-20 font-semibold">
              <bdi dir="ltr">{format.count(seq)}</bdi>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Beside({ sync }: { readonly sync: SyncState }) {
  const { t } = useLingui();
  const setLink = useSetLink();
  const { attention } = sync;
  return (
    <Pane title={t`Network`}>
      <div className="flex flex-1 flex-col gap-4 p-4">
        {attention > 0 && (
          <p className="flex gap-3 rounded-10 border border-warn-line bg-warn-soft px-4 py-3 text-14">
            <TriangleAlert size={20} aria-hidden className="flex-none text-warn" />
            {t`${plural(attention, { one: 'HQ did not take # change. The back office shows which and why, under Sync health; nothing is lost.', other: 'HQ did not take # changes. The back office shows which and why, under Sync health; nothing is lost.' })}`}
          </p>
        )}
        <p className="text-muted">
          {sync.link === 'off' ? (
            <Trans>
              This till has been taken off the network by hand. It sells on, and sends when it is back.
            </Trans>
          ) : (
            <Trans>
              To see how it works without a network, take this till off it. Selling, printing and signing in
              go on.
            </Trans>
          )}
        </p>
        <Button size={56} onClick={() => void setLink(sync.link === 'off')}>
          {sync.link === 'off' ? <Trans>Network on</Trans> : <Trans>Network off</Trans>}
        </Button>
      </div>
    </Pane>
  );
}
