import type { PlainDate } from '#shared/kernel/calendar.ts';
import { compareCodePoints } from '#shared/kernel/text.ts';
import { type FefoBatch, fefoOrder, type SaleDay, skipReason } from './fefo.ts';

/** Reasons on the movements of a swap and of one taken back; both movements name the swap as their document. */
export const swapReason = 'batch-swap';
export const swapUndoneReason = 'batch-swap-undone';

/** One ledger entry, as far as a swap can be told from it. `at` in UTC ms. */
export type LedgerEntry = {
  readonly id: string;
  readonly batchId: string;
  readonly qtyBase: number;
  readonly documentId: string;
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

/** A pack's batches at one store, and every movement of those that a swap has touched since the first of them. */
export type PackLedger = {
  readonly packId: string;
  readonly batches: readonly FefoBatch[];
  readonly entries: readonly LedgerEntry[];
};

/**
 * What a person has to settle about a pack (SYNC.md, Oversell; RULES.md §2). Both receipts stand; a batch below zero is
 * a task, with the first batch in FEFO order that may be sold and has as much as is missing. A swap moves that much
 * from the one to the other. Where two people did it while apart both swaps stand, and the later one, which lifted
 * the batch above what it was short of, is a task too, until it is taken back.
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

function surpluses({ packId, batches, entries }: PackLedger): SwapSurplus[] {
  const undone = new Set(entries.filter((e) => e.reason === swapUndoneReason).map((e) => e.documentId));
  return batches.toSorted(fefoOrder).flatMap((batch) => {
    // Backwards from what is on hand now: the balance behind each entry, though the oldest history is not here.
    let behind = batch.onHandBase;
    const found: SwapSurplus[] = [];
    for (const entry of newestFirst(entries.filter(({ batchId }) => batchId === batch.batchId))) {
      const surplusBase = Math.min(behind, entry.qtyBase);
      behind -= entry.qtyBase;
      if (entry.reason !== swapReason || surplusBase <= 0 || undone.has(entry.documentId)) continue;
      const giver = entries.find((e) => e.documentId === entry.documentId && e.batchId !== entry.batchId);
      const from = batches.find(({ batchId }) => batchId === giver?.batchId);
      found.push({
        ...{ kind: 'surplus', packId, ...named(batch), surplusBase, swapId: entry.documentId },
        from: from ? named(from) : null,
      });
    }
    return found;
  });
}

const newestFirst = (entries: readonly LedgerEntry[]): LedgerEntry[] =>
  entries.toSorted((a, b) => b.at - a.at || compareCodePoints(b.id, a.id));

const named = ({ batchId, code, expiresOn }: FefoBatch): OversellBatch => ({ batchId, code, expiresOn });

/** What `swapRefusal` finds wrong with a swap, in the contract's words. */
export type SwapRefusal =
  | { readonly code: 'NOT_FOUND' }
  /** It is short of another amount by now, or of nothing. */
  | { readonly code: 'CHANGED'; readonly shortBase: number }
  | { readonly code: 'NOT_ENOUGH'; readonly onHandBase: number };

/**
 * Why a swap of `shortBase` may not be made on these books; null when it may. Whether the other batch could be sold is
 * not asked: what was handed over was handed over.
 */
export function swapRefusal(
  { short, other }: { readonly short: FefoBatch | null; readonly other: FefoBatch | null },
  shortBase: number,
): SwapRefusal | null {
  if (!short || !other || short.batchId === other.batchId) return { code: 'NOT_FOUND' };
  const isShortOf = Math.max(0, -short.onHandBase);
  if (isShortOf !== shortBase || shortBase === 0) return { code: 'CHANGED', shortBase: isShortOf };
  return other.onHandBase < shortBase ? { code: 'NOT_ENOUGH', onHandBase: other.onHandBase } : null;
}

/** The two movements of a swap, or of one taken back: as much into the one batch as out of the other. */
export const swapMoves = ({
  into,
  outOf,
  qtyBase,
}: {
  readonly into: string;
  readonly outOf: string;
  readonly qtyBase: number;
}): readonly { readonly batchId: string; readonly qtyBase: number }[] => [
  { batchId: into, qtyBase },
  { batchId: outOf, qtyBase: -qtyBase },
];
