import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { PersonTile } from '#shared/auth/calls.ts';
import { Dialog } from '#shared/ui/dialog.tsx';
import { setPayment } from '../desk.ts';
import { useCommands } from '../keys/command-keys.tsx';
import { isAboutPin } from '../sign-in/authority-problem.ts';
import { PeopleTiles } from '../sign-in/people-tiles.tsx';
import { PinField } from '../sign-in/pin-field.tsx';
import { problemOf } from '../sign-in/pin-pane.tsx';
import type { PaymentDesk } from './use-payment.ts';

/** A pharmacist's PIN in place: who, then the PIN; what was to be paid is then asked for again. */
export function PharmacistDialog({
  desk,
  people,
}: {
  readonly desk: PaymentDesk;
  readonly people: readonly PersonTile[];
}) {
  const { refusal, refused, asked } = desk.payment;
  const code = asked?.pharmacist ? 'PHARMACIST_REQUIRED' : refusal?.code;
  const wanted =
    code === 'PHARMACIST_REQUIRED' ||
    (refused?.pharmacist && !refused.agreed && refusal !== null && isAboutPin(refusal));
  return wanted ? <OpenDialog desk={desk} people={people} /> : null;
}

function OpenDialog({
  desk,
  people,
}: {
  readonly desk: PaymentDesk;
  readonly people: readonly PersonTile[];
}) {
  const { t } = useLingui();
  const { refusal, refused } = desk.payment;
  const [personId, setPersonId] = useState<string | null>(refused?.pharmacist?.personId ?? null);
  const person = people.find((one) => one.personId === personId) ?? null;
  const leave = () => setPayment({ refusal: null, refused: null });
  useCommands({ back: person ? () => setPersonId(null) : leave }, true);
  const problem = refusal && isAboutPin(refusal) ? problemOf(refusal) : null;
  const agree = async (pin: string) => {
    if (person && refused) await desk.agree({ personId: person.personId, pin }, refused.tenders);
    return false;
  };
  return (
    <Dialog open width={680} title={t`A pharmacist must agree`} onClose={leave}>
      <p className="pb-4 text-muted">
        <Trans>An article of this sale is handed over by a pharmacist. Who agrees types the PIN here.</Trans>
      </p>
      <PeopleTiles people={people} chosen={person} onChoose={setPersonId} />
      {person && (
        <div className="grid justify-items-center pt-4">
          <PinField key={person.personId} name={person.name} problem={problem} onPin={agree} />
        </div>
      )}
    </Dialog>
  );
}
