import { useCallback, useEffect, useRef, useState } from 'react';
import type { InPlace } from '#shared/auth/calls.ts';
import type { ReportQuery, ReportView } from '#shared/reports/calls-till.ts';
import { answerOf, repeatable } from '../refusal.ts';
import { authorityProblem, isAboutPin } from '../sign-in/authority-problem.ts';
import { useTill } from '../till.ts';
import { saveText } from './save-text.ts';
import type { ReportRefusal } from './words.ts';

/** Whether the reports may be read here: not known yet, or a colleague's PIN is wanted, or since `today`. */
export type Way =
  | { readonly state: 'asking' | 'wanted' }
  | { readonly state: 'open'; readonly today: string }
  | { readonly state: 'refused'; readonly refusal: ReportRefusal };

/** The right to read, own or lent in place; what was lent is given back when the screen closes. */
export function useWayIn() {
  const { client } = useTill();
  const [way, setWay] = useState<Way>({ state: 'asking' });
  const open = useCallback(
    async (inPlace?: InPlace) => {
      const answer = await answerOf(client.reports.open({ ...(inPlace && { inPlace }) }));
      if (answer.ok) setWay({ state: 'open', today: answer.value.today });
      return answer;
    },
    [client],
  );
  useEffect(() => {
    void open().then((answer) => {
      if (answer.ok) return;
      const { refusal } = answer;
      if (refusal.code === 'MISSING_RIGHT') setWay({ state: 'wanted' });
      else if (!isAboutPin(refusal)) setWay({ state: 'refused', refusal });
    });
    return () => void answerOf(client.reports.leave());
  }, [client, open]);
  return {
    way,
    onPin: async (inPlace: InPlace) => {
      const answer = await open(inPlace);
      return authorityProblem(answer.ok ? null : answer.refusal);
    },
    ended: () => setWay({ state: 'wanted' }),
  };
}

/** The report asked for, read anew whenever something else is asked; the last one stays until then. */
export function useReport(query: ReportQuery, onEnded: () => void) {
  const { client } = useTill();
  const [table, setTable] = useState<ReportView | null>(null);
  const [refusal, setRefusal] = useState<ReportRefusal | null>(null);
  const ended = useRef(onEnded);
  useEffect(() => {
    ended.current = onEnded;
  });
  const asked = JSON.stringify(query);
  useEffect(() => {
    const over = new AbortController();
    const call = client.reports.read(JSON.parse(asked), { context: repeatable(3), signal: over.signal });
    void answerOf(call).then((answer) => {
      if (over.signal.aborted) return;
      setRefusal(answer.ok ? null : answer.refusal);
      if (answer.ok) setTable(answer.value);
      else if (answer.refusal.code === 'MISSING_RIGHT') ended.current();
    });
    return () => over.abort();
  }, [client, asked]);
  return { table, refusal };
}

/** What became of the last print or file. */
export type Said =
  | { readonly state: 'printing' }
  | { readonly state: 'saved'; readonly fileName: string }
  | { readonly state: 'refused'; readonly refusal: ReportRefusal };

export function useOutput(query: ReportQuery) {
  const { client } = useTill();
  const [said, setSaid] = useState<Said | null>(null);
  return {
    said,
    quiet: () => setSaid(null),
    print: async () => {
      const command = { ...query, commandId: crypto.randomUUID() };
      const answer = await answerOf(client.reports.print(command, { context: repeatable(3) }));
      setSaid(answer.ok ? { state: 'printing' } : { state: 'refused', refusal: answer.refusal });
    },
    save: async () => {
      const answer = await answerOf(client.reports.csv(query, { context: repeatable(3) }));
      if (answer.ok) saveText(answer.value);
      setSaid(
        answer.ok
          ? { state: 'saved', fileName: answer.value.fileName }
          : { state: 'refused', refusal: answer.refusal },
      );
    },
  };
}
