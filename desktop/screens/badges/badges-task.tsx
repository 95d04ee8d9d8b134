import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { PersonTile } from '#shared/auth/calls.ts';
import { Announce } from '#shared/ui/announce.tsx';
import { Button } from '#shared/ui/button.tsx';
import { ChoiceList, ChoiceRow } from '#shared/ui/choice-list.tsx';
import { Pane } from '#shared/ui/pane.tsx';
import { setDesk } from '../desk.ts';
import { Frame } from '../frame/frame.tsx';
import { useCommands } from '../keys/command-keys.tsx';
import { WordsNote } from '../sell/words-note.tsx';
import { AuthorityDialog } from '../sign-in/authority-dialog.tsx';
import { authorityProblem, isAboutPin } from '../sign-in/authority-problem.ts';
import { BadgePreview } from './badge-preview.tsx';
import { useBadges } from './use-badges.ts';
import { useBadgeWords } from './words.ts';

/** Badges: whose at the leading side, what it looks like and how it is printed at the trailing one. */
export function BadgesTask({ people }: { readonly people: readonly PersonTile[] }) {
  const { t } = useLingui();
  const words = useBadgeWords();
  const [index, setIndex] = useState(0);
  const [agreeing, setAgreeing] = useState(false);
  const { refusal, printed, print, forget } = useBadges();
  const chosen = Math.min(index, people.length - 1);
  const person = people[chosen];
  const back = () => setDesk({ task: 'sell' });
  const printChosen = async () => {
    if (person && (await print(person.personId))?.code === 'MISSING_RIGHT') setAgreeing(true);
  };
  useCommands({ back, scan: back, pay: () => void printChosen() });
  const said = printed === null ? '' : words.printed(printed);
  const choose = (at: number) => {
    setIndex(at);
    forget();
  };
  return (
    <Frame
      moment={[
        { keys: '↑+↓', label: t`choose` },
        { keys: 'F9', label: t`print the badge` },
        { keys: 'Esc', label: t`back to sale` },
      ]}
    >
      <main className="panes">
        <Pane title={t`Whose badge`}>
          <ChoiceList
            id="badge"
            label={t`Whose badge`}
            count={people.length}
            chosen={chosen}
            onChoose={choose}
            onEnter={() => void printChosen()}
          >
            {people.map(({ personId, name, roleName }, at) => (
              <ChoiceRow
                key={personId}
                id="badge"
                {...{ index: at, chosen: at === chosen, onChoose: choose }}
                className="flex min-h-14 items-center gap-4 px-4 py-2"
              >
                <span className="min-w-0 flex-1 truncate font-semibold">
                  <bdi>{name}</bdi>
                </span>
                <bdi className="truncate text-14 text-muted">{roleName}</bdi>
              </ChoiceRow>
            ))}
          </ChoiceList>
        </Pane>
        <Pane title={t`Badge`}>
          <div className="flex flex-1 flex-col items-center justify-center gap-4 overflow-auto p-4">
            {person && <BadgePreview key={person.personId} personId={person.personId} name={person.name} />}
            <p className="max-w-[44ch] text-center text-14 text-muted">
              <Trans>
                A badge says who somebody is and proves nothing: the PIN is asked for in any case. A lost
                badge opens no till, and a new one is the same again.
              </Trans>
            </p>
          </div>
          <div className="grid flex-none gap-3 border-t border-line-soft p-4">
            {refusal && <WordsNote {...words.refusal(refusal)} />}
            {said !== '' && <p className="text-14 font-semibold">{said}</p>}
            <Announce words={said} />
            <Button kind="primary" size={56} keys="F9" onClick={() => void printChosen()}>
              <Trans>Print the badge</Trans>
            </Button>
          </div>
        </Pane>
      </main>
      {agreeing && person && (
        <AuthorityDialog
          title={t`Print the badge`}
          right="auth.people.edit"
          people={people}
          onLeave={() => setAgreeing(false)}
          onPin={async (inPlace) => {
            const refused = await print(person.personId, inPlace);
            const asksAgain = refused !== null && (isAboutPin(refused) || refused.code === 'MISSING_RIGHT');
            if (!asksAgain) setAgreeing(false);
            return asksAgain ? authorityProblem(refused) : null;
          }}
        />
      )}
    </Frame>
  );
}
