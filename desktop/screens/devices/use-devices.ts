import { useLingui } from '@lingui/react/macro';
import type { InferClientErrorUnion } from '@orpc/client';
import { useCallback, useEffect, useState } from 'react';
import type { ChosenDevices, DevicesReport, DeviceTrial } from '#shared/auth/calls-devices.ts';
import type { TillClient } from '../link.ts';
import { answerOf, type RefusalOf } from '../refusal.ts';
import { useRefusalWords } from '../sell/refusal-words.tsx';
import { useTill } from '../till.ts';
import { useTrialWords } from './trial-words.ts';
import { type Said, useOneAtATime } from './use-one-at-a-time.ts';

type Calls = TillClient['auth']['devices'];
type Refusal = RefusalOf<InferClientErrorUnion<Calls[keyof Calls]>>;

/** What hangs on this counter beside receipt printers, asked for at once and after every change. */
export function useDevices() {
  const { client } = useTill();
  const [report, setReport] = useState<DevicesReport | null>(null);
  const { once, ...state } = useOneAtATime();
  const refused = useRefused();
  const tried = useTrialWords();
  const look = useCallback(async () => {
    const answer = await answerOf(client.auth.devices.report());
    if (answer.ok) setReport(answer.value);
  }, [client]);
  useEffect(() => void look(), [look]);
  return {
    ...{ report, ...state },
    choose: (chosen: ChosenDevices, then: string) =>
      once(async () => {
        const answer = await answerOf(client.auth.devices.choose(chosen));
        await look();
        return answer.ok ? { well: true, title: then, next: '' } : refused(answer.refusal);
      }),
    test: (trial: DeviceTrial) =>
      once(async () => {
        const answer = await answerOf(client.auth.devices.test(trial));
        return answer.ok ? tried(trial.device, answer.value) : refused(answer.refusal);
      }),
  };
}

function useRefused(): (refusal: Refusal) => Said {
  const { t } = useLingui();
  const common = useRefusalWords();
  return (refusal) => {
    switch (refusal.code) {
      case 'NO_ADDRESS':
        return { well: false, title: t`That is no address of such a device`, next: t`Nothing was changed.` };
      case 'FIXED':
        return { well: false, title: t`This till’s devices are fixed`, next: t`Nothing was changed.` };
      case 'CARD_UNSETTLED':
        return {
          well: false,
          title: t`The terminal has yet to say what became of a card`,
          next: t`See to it at payment first. Nothing was changed.`,
        };
      default:
        return { well: false, ...common(refusal) };
    }
  };
}
