import type { InferClientErrorUnion } from '@orpc/client';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { StoreSettingChange, StoreSettings } from '#shared/auth/calls-store-settings.ts';
import type { TillClient } from '../link.ts';
import { answerOf, type RefusalOf, repeatable } from '../refusal.ts';
import { useTill } from '../till.ts';

type Calls = TillClient['auth']['storeSettings'];
export type StoreSettingRefusal = RefusalOf<InferClientErrorUnion<Calls[keyof Calls]>>;

/** What holds in the store, read at once and after every change; null until the till has answered. */
export function useStoreSettings() {
  const { client } = useTill();
  const [values, setValues] = useState<StoreSettings | null>(null);
  const [outcome, setOutcome] = useState<'saved' | StoreSettingRefusal | null>(null);
  const asked = useRef<{ readonly text: string; readonly commandId: string } | null>(null);
  const read = useCallback(async () => {
    const answer = await answerOf(client.auth.storeSettings.read());
    if (answer.ok) setValues(answer.value);
    else setOutcome(answer.refusal);
  }, [client]);
  useEffect(() => void read(), [read]);
  return {
    ...{ values, outcome },
    quiet: () => setOutcome(null),
    async save(change: StoreSettingChange): Promise<void> {
      // The same change asked for again is the same command: one whose answer was lost is made once.
      const text = JSON.stringify(change);
      if (asked.current?.text !== text) asked.current = { text, commandId: crypto.randomUUID() };
      const edit = { ...change, commandId: asked.current.commandId };
      const answer = await answerOf(client.auth.storeSettings.change(edit, { context: repeatable(5) }));
      if (answer.ok) {
        asked.current = null;
        await read();
      }
      setOutcome(answer.ok ? 'saved' : answer.refusal);
    },
  };
}
