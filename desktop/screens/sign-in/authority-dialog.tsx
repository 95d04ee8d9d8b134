import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import type { InPlace, PersonTile } from '#shared/auth/calls.ts';
import { Dialog } from '#shared/ui/dialog.tsx';
import { useRightNames } from '../right-names.ts';
import type { AuthorityProblem } from './authority-problem.ts';
import { PeopleTiles } from './people-tiles.tsx';
import { PinField } from './pin-field.tsx';

/**
 * A colleague's PIN in place, for one act the cashier has no right to. `onPin` answers null when the act was done, or
 * what was wrong with the PIN.
 */
export function AuthorityDialog({
  title,
  right,
  people,
  onPin,
  onLeave,
}: {
  readonly title: string;
  readonly right: string;
  readonly people: readonly PersonTile[];
  readonly onPin: (inPlace: InPlace) => Promise<AuthorityProblem | null>;
  readonly onLeave: () => void;
}) {
  const rights = useRightNames();
  const [personId, setPersonId] = useState<string | null>(null);
  const [problem, setProblem] = useState<AuthorityProblem | null>(null);
  const person = people.find((one) => one.personId === personId) ?? null;
  const back = () => (person ? setPersonId(null) : onLeave());
  const wanted = rights(right);
  return (
    <Dialog open width={680} title={title} onClose={onLeave} onBack={back}>
      <p className="pb-4 text-muted">
        <Trans>You have no right {wanted}. Who has it types the PIN here; both names are written down.</Trans>
      </p>
      <PeopleTiles
        people={people}
        chosen={person}
        onChoose={(id) => {
          setProblem(null);
          setPersonId(id);
        }}
      />
      {problem === 'missing-right' && (
        <p role="alert" className="pt-3 text-center font-semibold text-stop">
          <Trans>This person has no right to it either.</Trans>
        </p>
      )}
      {person && (
        <div className="grid justify-items-center pt-4">
          <PinField
            key={person.personId}
            name={person.name}
            problem={problem === 'missing-right' ? null : problem}
            onPin={async (pin) => {
              const wrong = await onPin({ personId: person.personId, pin });
              setProblem(wrong);
              return wrong === null;
            }}
          />
        </div>
      )}
    </Dialog>
  );
}
