import { useLingui } from '@lingui/react/macro';
import type { InferClientErrorUnion } from '@orpc/client';
import { useCallback, useEffect, useState } from 'react';
import type { ChosenPrinters, PrinterCondition, PrintersReport, Tried } from '#shared/auth/calls-printers.ts';
import type { TillClient } from '../link.ts';
import { answerOf, type RefusalOf } from '../refusal.ts';
import { useRefusalWords } from '../sell/refusal-words.tsx';
import { useTill } from '../till.ts';
import type { PrinterRow } from './printer-rows.ts';
import { useTroubleWords } from './printer-words.ts';
import { type Said, useOneAtATime } from './use-one-at-a-time.ts';

type Calls = TillClient['auth']['printers'];
type Refusal = RefusalOf<InferClientErrorUnion<Calls[keyof Calls]>>;

/** The printers of this counter, asked for when the screen opens and after every change; null until the till answered. */
export function usePrinters() {
  const { client } = useTill();
  const [report, setReport] = useState<PrintersReport | null>(null);
  const { said, busy, once } = useOneAtATime();
  const words = useWords();
  const look = useCallback(async () => {
    const answer = await answerOf(client.auth.printers.report());
    if (answer.ok) setReport(answer.value);
  }, [client]);
  useEffect(() => void look(), [look]);
  const { printers } = client.auth;
  return {
    report,
    said,
    busy,
    choose: (chosen: ChosenPrinters, then: string) =>
      once(async () => {
        const answer = await answerOf(printers.choose(chosen));
        await look();
        return answer.ok ? { well: true, title: then, next: '' } : words.refused(answer.refusal);
      }),
    testPrint: ({ address, profile }: PrinterRow) =>
      once(async () => {
        const answer = await answerOf(printers.testPrint({ address, profile }));
        return answer.ok ? words.printed(answer.value) : words.refused(answer.refusal);
      }),
    testDrawer: () =>
      once(async () => {
        const answer = await answerOf(printers.testDrawer({ commandId: crypto.randomUUID() }));
        return answer.ok ? words.opened(answer.value) : words.refused(answer.refusal);
      }),
    /** Jobs of the queue: printed once more, or seen on paper. */
    settle: (jobId: string, how: 'printAgain' | 'cameOut', then: string) =>
      once(async () => {
        const answer = await answerOf(printers[how]({ jobId }));
        return answer.ok ? { well: true, title: then, next: '' } : words.refused(answer.refusal);
      }),
  };
}

/** How a printer is now, asked when it is chosen in the list and again with `round`; null while it is asked. */
export function useCondition(row: PrinterRow | undefined, round: number): PrinterCondition | null {
  const { client } = useTill();
  const [condition, setCondition] = useState<PrinterCondition | null>(null);
  const address = row?.address;
  const profile = row?.profile;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` asks again
  useEffect(() => {
    let wanted = true;
    setCondition(null);
    if (address === undefined || profile === undefined) return;
    void answerOf(client.auth.printers.status({ address, profile })).then((answer) => {
      if (wanted && answer.ok) setCondition(answer.value);
    });
    return () => {
      wanted = false;
    };
  }, [client, address, profile, round]);
  return condition;
}

function useWords() {
  const { t } = useLingui();
  const trouble = useTroubleWords();
  const common = useRefusalWords();
  const wrong = (title: string, reason: string | null): Said => {
    const { what, next } = trouble(reason);
    return { well: false, title: `${title}: ${what}`, next };
  };
  return {
    refused(refusal: Refusal): Said {
      if (refusal.code === 'NO_ADDRESS')
        return { well: false, title: t`That is no address of a printer`, next: t`Nothing was changed.` };
      if (refusal.code === 'FIXED')
        return { well: false, title: t`This till’s printer is fixed`, next: t`Nothing was changed.` };
      return { well: false, ...common(refusal) };
    },
    printed({ state, reason }: Tried): Said {
      if (state === 'printed')
        return {
          well: true,
          title: t`The test was sent to the printer`,
          next: t`Are both edges and every letter there?`,
        };
      return wrong(state === 'failed' ? t`Not printed` : t`Perhaps printed`, reason);
    },
    opened({ state, reason }: Tried): Said {
      if (state === 'printed')
        return { well: true, title: t`The drawer was told to open`, next: t`Push it shut.` };
      return wrong(state === 'failed' ? t`Not opened` : t`Perhaps opened`, reason);
    },
  };
}
