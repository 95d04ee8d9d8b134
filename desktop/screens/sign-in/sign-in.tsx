import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { CloudOff, Pause } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { PersonTile } from '#shared/auth/calls.ts';
import { EmptyState } from '#shared/ui/states.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { type Locked, useDesk } from '../desk.ts';
import { Frame } from '../frame/frame.tsx';
import { useCommands } from '../keys/command-keys.tsx';
import { useLive } from '../live.ts';
import { useScans } from '../scanner/use-scans.ts';
import { play } from '../sounds.ts';
import { useTill } from '../till.ts';
import { useNextLanguage } from '../use-counter.ts';
import { PeopleTiles } from './people-tiles.tsx';
import { PinPane } from './pin-pane.tsx';

/** Who is at the till: a tile by its number, then the PIN. The sale that was locked is kept as it was. */
export function SignIn({ people }: { readonly people: readonly PersonTile[] }) {
  const { t } = useLingui();
  const locked = useDesk((desk) => desk.locked);
  const [personId, setPersonId] = useState(
    () => locked?.personId ?? (people.length === 1 ? people[0]?.personId : null),
  );
  const person = people.find((one) => one.personId === personId) ?? null;
  useCommands({ back: () => setPersonId(null), language: useNextLanguage() });
  // Typed into the PIN it would be a wrong one, and three of them lock the person out.
  useScans(() => play('stop'));
  return (
    <Frame
      moment={
        person
          ? [
              { keys: 'Enter', label: t`sign in` },
              { keys: 'Esc', label: t`someone else` },
              { keys: 'Alt+L', label: t`language` },
            ]
          : [
              { keys: '1', label: t`person` },
              { keys: '↑+↓', label: t`choose` },
              { keys: 'Alt+L', label: t`language` },
            ]
      }
    >
      <main className="grid min-h-0 grid-cols-[minmax(0,1fr)_400px] gap-12 overflow-auto px-12 py-8 stacked:grid-cols-1 stacked:content-start stacked:gap-4 stacked:p-4">
        <div className="flex min-h-0 flex-col gap-4">
          <div>
            <h1 className="text-28 font-semibold tracking-tight">
              <Trans>Who is at the till?</Trans>
            </h1>
            <p className="text-muted">
              <Trans>Press your number, then type your PIN.</Trans>
            </p>
          </div>
          {people.length === 0 ? (
            <EmptyState title={t`Nobody works in this store yet`}>
              <Trans>HQ adds people and gives them a PIN; they appear here by themselves.</Trans>
            </EmptyState>
          ) : (
            <PeopleTiles people={people} chosen={person} onChoose={setPersonId} />
          )}
          <Notes locked={locked} />
        </div>
        <PinPane key={person?.personId ?? ''} person={person} />
      </main>
    </Frame>
  );
}

/** The sale that waits, and how old people and rights are while there is no HQ. */
function Notes({ locked }: { readonly locked: Locked | null }) {
  const { t } = useLingui();
  const format = useFormat();
  const sync = useLive(useTill().sync);
  const asOf = sync?.lastPullAt ? format.time(sync.lastPullAt) : null;
  const lines = locked?.lines ?? 0;
  const time = format.time(locked?.atMs ?? 0);
  const total = format.money(locked?.totalMinor ?? 0);
  return (
    <>
      {locked && lines > 0 && (
        <Note icon={<Pause size={20} aria-hidden />} title={t`A sale is waiting here`}>
          {t`${plural(lines, { one: '# line', other: '# lines' })}`}, <bdi dir="ltr">{total}</bdi>.{' '}
          <Trans>Locked at {time}. It stays as it is.</Trans>
        </Note>
      )}
      {sync && sync.link !== 'online' && (
        <Note icon={<CloudOff size={20} aria-hidden />} title={t`Signing in works offline`}>
          {asOf ? (
            <Trans>People and rights are as of {asOf}.</Trans>
          ) : (
            <Trans>People and rights are as HQ gave them when this till joined.</Trans>
          )}
        </Note>
      )}
    </>
  );
}

function Note({
  icon,
  title,
  children,
}: {
  readonly icon: ReactNode;
  readonly title: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="flex items-center gap-3 rounded-10 border border-info-line bg-info-soft px-4 py-2.5">
      <span className="text-info">{icon}</span>
      <p>
        <b className="block font-semibold">{title}</b>
        <span className="text-14 text-muted">{children}</span>
      </p>
    </div>
  );
}
