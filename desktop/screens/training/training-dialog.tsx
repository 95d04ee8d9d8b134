import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useRef, useState } from 'react';
import type { InPlace, PersonTile } from '#shared/auth/calls.ts';
import { trainingRight } from '#shared/auth/training.ts';
import { Button } from '#shared/ui/button.tsx';
import { Dialog } from '#shared/ui/dialog.tsx';
import { setDesk } from '../desk.ts';
import { useCommands } from '../keys/command-keys.tsx';
import { AuthorityDialog } from '../sign-in/authority-dialog.tsx';
import { authorityProblem, isAboutPin } from '../sign-in/authority-problem.ts';
import { useTraining } from './use-training.ts';

type Refusal = Extract<
  Awaited<ReturnType<ReturnType<typeof useTraining>['begin']>>,
  { ok: false }
>['refusal'];

/** Asks before the counter goes into training, and for a manager's PIN where the person has no right to it. */
export function TrainingDialog({ people }: { readonly people: readonly PersonTile[] }) {
  const { t } = useLingui();
  const training = useTraining();
  const words = useTrainingRefusals();
  const main = useRef<HTMLButtonElement>(null);
  const [trainingId] = useState(() => crypto.randomUUID());
  const [step, setStep] = useState<'ask' | 'pin' | 'making'>('ask');
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const leave = () => setDesk({ overlay: null });
  useCommands({ back: leave }, true);
  useEffect(() => main.current?.focus(), []);

  /** Begun, all of this screen goes away by itself. */
  const begin = async (inPlace?: InPlace): Promise<Refusal | null> => {
    if (!inPlace) setStep('making');
    const answer = await training.begin(trainingId, inPlace);
    if (answer.ok) return null;
    const lacksRight = answer.refusal.code === 'MISSING_RIGHT' || isAboutPin(answer.refusal);
    setStep(lacksRight ? 'pin' : 'ask');
    setRefusal(lacksRight ? null : answer.refusal);
    return answer.refusal;
  };

  if (step === 'pin')
    return (
      <AuthorityDialog
        title={t`Training needs a manager`}
        right={trainingRight}
        people={people}
        onPin={async (inPlace) => authorityProblem(await begin(inPlace))}
        onLeave={leave}
      />
    );
  return (
    <Dialog open title={t`Begin training`} onClose={leave} initialFocus={main}>
      <div className="grid gap-4">
        <p>
          <Trans>
            The till goes on as one to practise on, with today’s articles, prices, stock and people. What is
            done there is thrown away at its end, and reaches nobody.
          </Trans>
        </p>
        <p className="text-muted">
          <Trans>
            The sale in progress waits here, on the real till’s disk, and is there again afterwards.
          </Trans>
        </p>
        <p role="status" className={refusal ? 'text-stop' : 'text-muted'}>
          {refusal ? words(refusal) : step === 'making' && t`The till to practise on is being made.`}
        </p>
        <Button
          ref={main}
          kind="primary"
          size={56}
          keys="Enter"
          disabled={step === 'making'}
          onClick={() => void begin()}
        >
          <Trans>Begin training</Trans>
        </Button>
      </div>
    </Dialog>
  );
}

/** Why the counter stays the real one, and what helps. */
function useTrainingRefusals(): (refusal: Refusal) => string {
  const { t } = useLingui();
  return (refusal) => {
    switch (refusal.code) {
      case 'CARD_UNSETTLED':
        return t`A card payment is not settled yet. See to it first, on the payment screen.`;
      case 'TRAINING_ON':
        return t`A training is being made ready already.`;
      case 'STORAGE':
        return refusal.data.reason === 'disk-full'
          ? t`The disk has no room for a second database.`
          : t`The disk did not take a second database. Try again.`;
      case 'NO_TRAINING_HERE':
        return t`There is no training at this till.`;
      case 'CHANGED_HANDS':
      case 'NOT_SIGNED_IN':
        return t`Somebody else signed in meanwhile. Begin again.`;
      default:
        return t`The till did not answer. Try again.`;
    }
  };
}
