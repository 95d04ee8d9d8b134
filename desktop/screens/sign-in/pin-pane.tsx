import { Trans, useLingui } from '@lingui/react/macro';
import { UserRound } from 'lucide-react';
import { useState } from 'react';
import type { PersonTile } from '#shared/auth/calls.ts';
import { clearDesk, setDesk, useDesk } from '../desk.ts';
import { Face } from '../frame/face.tsx';
import { answerOf, type Trouble } from '../refusal.ts';
import { useTill } from '../till.ts';
import { PinField, type PinProblem } from './pin-field.tsx';

/** The PIN of the person chosen, by keys or by the pad. */
export function PinPane({ person }: { readonly person: PersonTile | null }) {
  const { t } = useLingui();
  const { client } = useTill();
  const [problem, setProblem] = useState<PinProblem | null>(null);
  const signIn = async (pin: string) => {
    if (!person) return false;
    const answer = await answerOf(client.auth.signIn({ personId: person.personId, pin }));
    if (!answer.ok) setProblem(problemOf(answer.refusal));
    // What was being done goes on where the same person left it; a payment that was asked for is settled first.
    else if (useDesk.getState().payment.asked === null) clearDesk();
    if (answer.ok) setDesk({ locked: null });
    return answer.ok;
  };
  return (
    <section
      aria-label={t`PIN`}
      className="flex min-h-0 flex-col items-center gap-2 self-stretch rounded-10 border border-line bg-surface p-6 low:p-3"
    >
      {person ? (
        <>
          <Face name={person.name} size={56} chosen />
          <h2 className="text-20 font-semibold">
            <bdi>{person.name}</bdi>
          </h2>
          <PinField name={person.name} problem={problem} onPin={signIn} pad />
          <p className="mt-auto pt-2 text-14 text-muted">
            <Trans>Forgot it? Ask the manager to set a new one.</Trans>
          </p>
        </>
      ) : (
        <div className="grid flex-1 place-content-center justify-items-center gap-3 p-6 text-center text-muted">
          <UserRound size={48} strokeWidth={1} aria-hidden className="text-faint" />
          <Trans>Choose who you are; the PIN comes next.</Trans>
        </div>
      )}
    </section>
  );
}

type Refusal =
  | { readonly code: 'WRONG_PIN'; readonly data: { readonly failures: number } }
  | { readonly code: 'LOCKED'; readonly data: { readonly waitMs: number } }
  | { readonly code: 'NO_PIN' | 'NOT_ENROLLED' | 'STORAGE' }
  | Trouble;

/** The same refusals at sign-in and where a pharmacist agrees in place. */
export function problemOf(refusal: Refusal): PinProblem {
  switch (refusal.code) {
    case 'WRONG_PIN':
      return { kind: 'wrong', failures: refusal.data.failures };
    case 'LOCKED':
      return { kind: 'locked', untilMs: Date.now() + refusal.data.waitMs };
    case 'NO_PIN':
      return { kind: 'no-pin' };
    default:
      return { kind: 'no-answer' };
  }
}
