import type { PlainDate } from '#shared/kernel/calendar.ts';
import { compareCodePoints } from '#shared/kernel/text.ts';
import { type FefoBatch, fefoOrder, type SaleDay, skipReason } from './fefo.ts';

/** Reasons on the movements of a swap and of one taken back; both movements name the swap as their document. */
export const swapReason = 'batch-swap';
export const swapUndoneReason = 'batch-swap-undone';

/** A movement of a swap, or of one taken back. `at` in UTC ms. */
export type SwapEntry = {
  readonly id: string;
  readonly batchId: string;
  readonly qtyBase: number;
  readonly documentId: string;
  /** The how-manieth swap into its batch it was, as far as those who made it knew (`swapNumber`). */
  readonly documentLine: number | null;
  readonly reason: string | null;
  readonly at: number;
};

export type OversellBatch = {
  readonly batchId: string;
  readonly code: string;
  readonly expiresOn: PlainDate;
};

/** Sold more of than there was: by two counters that did not hear of each other, or by what was not on the books. */
export type Oversold = OversellBatch & {
  readonly kind: 'oversold';
  readonly packId: string;
  readonly shortBase: number;
  /** The batch that was probably handed over instead; null where no other has enough. */
  readonly suggestion: (OversellBatch & { readonly onHandBase: number }) | null;
};

/** Swapped once too often: by two people at both ends, who did not hear of each other. */
export type SwapSurplus = OversellBatch & {
  readonly kind: 'surplus';
  readonly packId: string;
  /** Of the swap, how much the books now say too much. */
  readonly surplusBase: number;
  readonly swapId: string;
  /** The batch it was taken from. */
  readonly from: OversellBatch | null;
};
export type OversellTask = Oversold | SwapSurplus;

/** A pack's batches at one store, and their swaps so far. */
export type PackLedger = {
  readonly packId: string;
  readonly batches: readonly FefoBatch[];
  readonly swaps: readonly SwapEntry[];
};

/**
 * What a person has to settle about a pack (SYNC.md, Oversell; RULES.md §2). Both receipts stand; a batch below zero is
 * a task, with the first batch in FEFO order that may be sold and has as much as is missing. A swap moves that much
 * from the one to the other. Where two people did it while apart both swaps stand; they bear the same number, and the
 * later is a task too until it is taken back, as far as the batch is above zero. Clocks decide nothing but which of the
 * two is called the later.
 *
 * Example: batch A is at −3, B has 10. Suggestion B; swapped: A 0, B 7. Swapped at HQ too: A +3, B 4, and of the later
 * swap 3 are a surplus. Taken back: A 0, B 7.
 */
export function oversellTasks(ledger: PackLedger, day: SaleDay): OversellTask[] {
  return [...oversold(ledger, day), ...surpluses(ledger)];
}

function oversold({ packId, batches }: PackLedger, day: SaleDay): Oversold[] {
  const inOrder = batches.toSorted(fefoOrder);
  return inOrder
    .filter(({ onHandBase }) => onHandBase < 0)
    .map((batch) => {
      const shortBase = -batch.onHandBase;
      const other = inOrder.find(
        (candidate) => candidate.onHandBase >= shortBase && skipReason(candidate, day) === null,
      );
      const suggestion = other ? { ...named(other), onHandBase: other.onHandBase } : null;
      return { kind: 'oversold', packId, ...named(batch), shortBase, suggestion };
    });
}

/** Tills keep 35 days of movements: who did not see an older swap counts anew, and that is no second one. */
const APART_MS = 35 * 86_400_000;

/** What was swapped once too often. */
export function surpluses({ packId, batches, swaps }: PackLedger): SwapSurplus[] {
  const undone = new Set(swaps.filter((e) => e.reason === swapUndoneReason).map((e) => e.documentId));
  return batches.toSorted(fefoOrder).flatMap((batch) => {
    const into = swapsInto(swaps, batch.batchId).filter(({ documentId }) => !undone.has(documentId));
    const again = into.filter((swap, i) => into.slice(0, i).some((earlier) => isSameSwap(earlier, swap)));
    let above = batch.onHandBase;
    return again.flatMap((swap): SwapSurplus[] => {
      const surplusBase = Math.min(above, swap.qtyBase);
      if (surplusBase <= 0) return [];
      above -= surplusBase;
      const giver = swaps.find((e) => e.documentId === swap.documentId && e.batchId !== swap.batchId);
      const from = batches.find(({ batchId }) => batchId === giver?.batchId);
      const { documentId: swapId } = swap;
      return [
        { kind: 'surplus', packId, ...named(batch), surplusBase, swapId, from: from ? named(from) : null },
      ];
    });
  });
}

const isSameSwap = (earlier: SwapEntry, later: SwapEntry): boolean =>
  earlier.documentLine === later.documentLine && later.at - earlier.at < APART_MS;

/** The movements that swaps brought into a batch, the earliest first. */
const swapsInto = (swaps: readonly SwapEntry[], batchId: string): SwapEntry[] =>
  swaps
    .filter((e) => e.reason === swapReason && e.batchId === batchId && e.qtyBase > 0)
    .toSorted((a, b) => a.at - b.at || compareCodePoints(a.id, b.id));

/** The number of the next swap into a batch, for those who know of these: two made apart bear the same. */
export const swapNumber = (swaps: readonly SwapEntry[], batchId: string): number =>
  swapsInto(swaps, batchId).length + 1;

const named = ({ batchId, code, expiresOn }: FefoBatch): OversellBatch => ({ batchId, code, expiresOn });
