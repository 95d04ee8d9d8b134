import { useMutation, useQueryClient } from '@tanstack/react-query';
import { hq, hqQuery } from '../hq.ts';
import type { Oversold } from './oversold-row.tsx';

/** What a person does with the rows of the list to review. A row is busy until the list is read anew. */
export function useSettle() {
  const queries = useQueryClient();
  const review = useMutation(
    hqQuery.auth.reviewFlag.mutationOptions({
      onSettled: () => queries.invalidateQueries({ queryKey: hqQuery.auth.key() }),
    }),
  );
  const swap = useMutation({
    mutationFn: settleOversold,
    onSettled: () => queries.invalidateQueries({ queryKey: hqQuery.inventory.key() }),
  });
  return {
    isReviewing: (id: string) => review.isPending && review.variables.id === id,
    isSwapping: (oversold: Oversold) => swap.isPending && swap.variables === oversold,
    reviewError: review.error,
    swapError: swap.error,
    review: (id: string) => {
      swap.reset();
      review.mutate({ id });
    },
    swap: (oversold: Oversold) => {
      review.reset();
      swap.mutate(oversold);
    },
  };
}

/** Carries out what the row offers, on the books that it shows: on others HQ refuses. */
async function settleOversold({ storeId, task }: Oversold): Promise<void> {
  const command = { commandId: crypto.randomUUID(), storeId, packId: task.packId };
  if (task.kind === 'surplus') {
    await hq.inventory.undoSwap({ ...command, swapId: task.swapId });
    return;
  }
  const { batchId, shortBase, suggestion } = task;
  if (suggestion)
    await hq.inventory.swapBatch({ ...command, batchId, shortBase, withBatchId: suggestion.batchId });
}
