import { useCallback, useEffect, useRef, useState } from 'react';
import type { OversellTaskView } from '#shared/inventory/calls.ts';
import { answerOf, repeatable } from '../refusal.ts';
import { useTill } from '../till.ts';
import type { SwapRefusal } from './words.ts';

export interface Oversell {
  /** Null until the till has answered. */
  readonly tasks: readonly OversellTaskView[] | null;
  readonly refusal: SwapRefusal | null;
  /** Whether a person can do something about it here, with one key. */
  readonly settle: (task: OversellTaskView) => Promise<void>;
}

/** What was sold twice at this store, asked for when the screen opens and after everything done. */
export function useOversell(): Oversell {
  const { client } = useTill();
  const [tasks, setTasks] = useState<readonly OversellTaskView[] | null>(null);
  const [refusal, setRefusal] = useState<SwapRefusal | null>(null);
  const busy = useRef(false);
  const look = useCallback(async () => {
    const answer = await answerOf(client.inventory.oversold());
    if (answer.ok) setTasks(answer.value);
    else setRefusal(answer.refusal);
  }, [client]);
  useEffect(() => void look(), [look]);
  const settle = async (task: OversellTaskView) => {
    if (busy.current || !canSettle(task)) return;
    busy.current = true;
    const answer = await answerOf(ask(task));
    setRefusal(answer.ok ? null : answer.refusal);
    await look();
    busy.current = false;
  };
  return { tasks, refusal, settle };

  function ask(task: OversellTaskView) {
    const { packId, batchId } = task;
    const commandId = crypto.randomUUID();
    const context = repeatable(5);
    if (task.kind === 'surplus')
      return client.inventory.undoSwap({ commandId, packId, swapId: task.swapId }, { context });
    const { shortBase, suggestion } = task;
    const withBatchId = suggestion?.batchId ?? '';
    return client.inventory.swapBatch({ commandId, packId, batchId, withBatchId, shortBase }, { context });
  }
}

/** Where no batch has as much as is missing, only the shelf tells: the stock is to be counted. */
export const canSettle = (task: OversellTaskView): boolean =>
  (task.kind === 'surplus' ? task.from : task.suggestion) !== null;
