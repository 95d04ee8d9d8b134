import type { InferClientErrorUnion } from '@orpc/client';
import { useEffect, useRef, useState } from 'react';
import type { AuditCursor, AuditFilter, AuditRow, VerifiedView } from '#shared/auth/calls-audit.ts';
import type { TillClient } from '../link.ts';
import { answerOf, type RefusalOf, repeatable } from '../refusal.ts';
import { saveText } from '../reports/save-text.ts';
import { useTill } from '../till.ts';

type Calls = TillClient['auth']['audit'];
export type AuditRefusal = RefusalOf<InferClientErrorUnion<Calls['list' | 'choices' | 'csv']>>;
export type Choices = Awaited<ReturnType<Calls['choices']>>;

type Pages = { readonly rows: readonly AuditRow[]; readonly next: AuditCursor | null };

/** The entries that a filter lets through, a page and then more. */
export function useEntries(filter: AuditFilter) {
  const { client } = useTill();
  const [pages, setPages] = useState<Pages | null>(null);
  const [refusal, setRefusal] = useState<AuditRefusal | null>(null);
  const asked = JSON.stringify(filter);
  const now = useRef(asked);
  const read = async (after?: AuditCursor): Promise<void> => {
    const wanted: AuditFilter = JSON.parse(asked);
    const page = { ...wanted, ...(after && { after }) };
    const answer = await answerOf(client.auth.audit.list(page, { context: repeatable(3) }));
    if (now.current !== asked) return;
    setRefusal(answer.ok ? null : answer.refusal);
    if (!answer.ok) return;
    const { rows, next } = answer.value;
    setPages((before) => ({ rows: after && before ? [...before.rows, ...rows] : rows, next }));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: read anew when something else is asked for
  useEffect(() => {
    now.current = asked;
    void read();
  }, [asked]);
  return {
    pages,
    refusal,
    more: () => {
      if (pages?.next) void read(pages.next);
    },
  };
}

/** Who and what there is to choose from. */
export function useChoices(): Choices {
  const { client } = useTill();
  const [choices, setChoices] = useState<Choices>({ people: [], actions: [] });
  useEffect(() => {
    void answerOf(client.auth.audit.choices(undefined, { context: repeatable(3) })).then((answer) => {
      if (answer.ok) setChoices(answer.value);
    });
  }, [client]);
  return choices;
}

export function useSaving(filter: AuditFilter) {
  const { client } = useTill();
  const [saved, setSaved] = useState<{ fileName: string } | { refusal: AuditRefusal } | null>(null);
  const save = async () => {
    const answer = await answerOf(client.auth.audit.csv(filter, { context: repeatable(3) }));
    if (answer.ok) saveText(answer.value);
    setSaved(answer.ok ? { fileName: answer.value.fileName } : { refusal: answer.refusal });
  };
  return { saved, save };
}

/** A verification under way or done; `failed` where the till stopped answering. It ends with the screen. */
export function useVerification() {
  const { client } = useTill();
  const [verified, setVerified] = useState<VerifiedView | 'failed' | null>(null);
  const [rate, setRate] = useState(0);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const start = async () => {
    running.current?.abort();
    const over = new AbortController();
    running.current = over;
    const since = performance.now();
    try {
      for await (const now of await client.auth.audit.verify(undefined, { signal: over.signal })) {
        if (over.signal.aborted) return;
        setVerified(now);
        setRate((now.done * 1000) / Math.max(1, performance.now() - since));
      }
    } catch {
      if (!over.signal.aborted) setVerified('failed');
    }
  };
  const cancel = () => {
    running.current?.abort();
    setVerified(null);
  };
  return { verified, rate, start, cancel };
}
