import { Trans, useLingui } from '@lingui/react/macro';
import { personOnBadge } from '#shared/auth/badge.ts';
import type { PersonTile } from '#shared/auth/calls.ts';
import { EmptyState } from '#shared/ui/states.tsx';
import { Frame } from '../frame/frame.tsx';
import { useCommands } from '../keys/command-keys.tsx';
import { useScans } from '../scanner/use-scans.ts';
import { play } from '../sounds.ts';
import { useNextLanguage } from '../use-counter.ts';
import { PeopleTiles } from './people-tiles.tsx';
import { PinPane } from './pin-pane.tsx';
import { SignInNotes } from './sign-in-notes.tsx';
import { useChosenPerson } from './use-chosen-person.ts';

/** Who is at the till: a tile by badge or number, then the PIN. The sale that was locked is kept as it was. */
export function SignIn({ people }: { readonly people: readonly PersonTile[] }) {
  const { t } = useLingui();
  const { person, choose, waits } = useChosenPerson(people);
  useCommands({ back: () => choose(null), language: useNextLanguage() });
  // Whatever else is scanned would be a wrong PIN if it were typed, and three of them lock the person out.
  useScans((code) => {
    const badge = personOnBadge(code);
    const owner = people.find((one) => one.personId === badge);
    if (owner) choose(owner.personId);
    play(owner ? 'ok' : 'stop');
  });
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
      <main className="grid min-h-0 grid-cols-[minmax(0,1fr)_400px] gap-12 overflow-auto px-12 py-8 stacked:auto-rows-max stacked:grid-cols-1 stacked:content-start stacked:gap-4 stacked:p-4">
        <div className="flex min-h-0 flex-col gap-4">
          <div>
            <h1 className="text-28 font-semibold tracking-tight">
              <Trans>Who is at the till?</Trans>
            </h1>
            <p className="text-muted">
              <Trans>Scan your badge or press your number, then type your PIN.</Trans>
            </p>
          </div>
          {people.length === 0 ? (
            <EmptyState title={t`Nobody works in this store yet`}>
              <Trans>HQ adds people and gives them a PIN; they appear here by themselves.</Trans>
            </EmptyState>
          ) : (
            <PeopleTiles people={people} chosen={person} onChoose={choose} />
          )}
          <SignInNotes waits={waits} />
        </div>
        <PinPane key={person?.personId ?? ''} person={person} />
      </main>
    </Frame>
  );
}
