import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { answerOf } from '../refusal.ts';
import type { PinProblem } from '../sign-in/pin-field.tsx';
import { problemOf } from '../sign-in/pin-pane.tsx';
import { useTill } from '../till.ts';

/** Whose date is right. */
export type Right = 'clock' | 'till';

interface Confirmation {
  readonly personId: string;
  readonly pin: string;
  readonly right: Right;
}

/** Sends a manager's answer. What is wrong with the PIN is the field's to say, what is wrong otherwise is in `words`. */
export function useConfirmDate(onDone: () => void) {
  const { t } = useLingui();
  const { client } = useTill();
  const [problem, setProblem] = useState<PinProblem | null>(null);
  const [words, setWords] = useState('');
  const forget = () => {
    setProblem(null);
    setWords('');
  };
  const confirm = async (confirmation: Confirmation): Promise<boolean> => {
    forget();
    const answer = await answerOf(client.auth.confirmTime(confirmation));
    // Where nobody is asked any more, it has been settled meanwhile.
    if (answer.ok || answer.refusal.code === 'NOTHING_TO_CONFIRM') {
      onDone();
      return true;
    }
    const { refusal } = answer;
    if (refusal.code === 'MISSING_RIGHT') setWords(t`This person may not change settings: ask a manager.`);
    else if (refusal.code === 'BEFORE_HQ') setWords(t`HQ has signed a later date than the clock’s.`);
    else setProblem(problemOf(refusal));
    return false;
  };
  return { confirm, problem, words, forget };
}
