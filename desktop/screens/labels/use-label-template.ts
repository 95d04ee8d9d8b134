import type { InferClientErrorUnion } from '@orpc/client';
import { useEffect, useRef, useState } from 'react';
import { labelTemplateProblems } from '#shared/catalog/label-problems.ts';
import type { LabelTemplateError } from '#shared/catalog/label-template.ts';
import type { TillClient } from '../link.ts';
import { answerOf, type RefusalOf, repeatable } from '../refusal.ts';
import { useTill } from '../till.ts';

export type TemplateRefusal = RefusalOf<
  InferClientErrorUnion<TillClient['catalog']['labels']['saveTemplate']>
>;

/** The store's label template while it is being written; nothing holds until it is saved. */
export function useLabelTemplate() {
  const { client } = useTill();
  /** Null until the till has answered. */
  const [text, setText] = useState<string | null>(null);
  /** The last one that could be read: shown while the next is being written. */
  const [readable, setReadable] = useState<string | null>(null);
  const [outcome, setOutcome] = useState<'saved' | TemplateRefusal | null>(null);
  const asked = useRef<{ readonly commandId: string; readonly template: string } | null>(null);
  useEffect(() => {
    void answerOf(client.catalog.labels.template()).then((answer) => {
      if (!answer.ok) return setOutcome(answer.refusal);
      setText(answer.value.template);
      setReadable(answer.value.template);
    });
  }, [client]);
  const problems: readonly LabelTemplateError[] = text === null ? [] : labelTemplateProblems(text);
  return {
    ...{ text, readable, problems, outcome },
    change(next: string): void {
      setText(next);
      setOutcome(null);
      if (labelTemplateProblems(next).length === 0) setReadable(next);
    },
    async save(): Promise<void> {
      if (text === null || problems.length > 0) return;
      // The same text saved again is the same command: one whose answer was lost is saved once.
      if (asked.current?.template !== text)
        asked.current = { commandId: crypto.randomUUID(), template: text };
      const saving = client.catalog.labels.saveTemplate(asked.current, { context: repeatable(5) });
      const answer = await answerOf(saving);
      if (answer.ok) asked.current = null;
      setOutcome(answer.ok ? 'saved' : answer.refusal);
    },
  };
}
