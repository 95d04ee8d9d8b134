import type { InferClientErrorUnion } from '@orpc/client';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { SecondRefundView } from '#shared/sales/calls-second-refunds.ts';
import type { TillClient } from '../link.ts';
import { answerOf, type RefusalOf, repeatable } from '../refusal.ts';
import { play } from '../sounds.ts';
import { useTill } from '../till.ts';

type Calls = TillClient['sales']['secondRefunds'];
/** Why nothing was settled. */
export type SettleRefusal = RefusalOf<InferClientErrorUnion<Calls[keyof Calls]>>;

/** What came back twice at this store, asked for when the screen opens and after everything done. */
export function useSecondRefunds() {
  const { client } = useTill();
  const calls = client.sales.secondRefunds;
  const [tasks, setTasks] = useState<readonly SecondRefundView[] | null>(null);
  const [refusal, setRefusal] = useState<SettleRefusal | null>(null);
  const busy = useRef(false);
  const look = useCallback(async () => {
    const answer = await answerOf(client.sales.secondRefunds.list());
    if (answer.ok) setTasks(answer.value);
    else setRefusal(answer.refusal);
  }, [client]);
  useEffect(() => void look(), [look]);
  const settle = async ({ saleId, overBase }: SecondRefundView, note: string) => {
    if (busy.current || note.trim() === '') return;
    busy.current = true;
    const command = { commandId: crypto.randomUUID(), saleId, overBase, note };
    const answer = await answerOf(calls.settle(command, { context: repeatable(5) }));
    play(answer.ok ? 'ok' : 'stop');
    setRefusal(answer.ok ? null : answer.refusal);
    await look();
    busy.current = false;
  };
  return { tasks, refusal, settle };
}
