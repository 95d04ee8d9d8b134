import { err, ok, type Result } from '#shared/kernel/result.ts';
import type { FefoBatch } from './fefo.ts';
import { type PackLedger, surpluses, swapNumber, swapReason, swapUndoneReason } from './oversell.ts';

/** A swap decided on the books of one pack at one store, or one taken back: as much into one batch as out of another. */
export type Swap = {
  readonly action: 'inventory.batch-swapped' | 'inventory.batch-swap-undone';
  readonly reason: string;
  readonly packId: string;
  /** The swap itself: the command that made it. */
  readonly documentId: string;
  readonly documentLine: number | null;
  readonly into: string;
  readonly outOf: string;
  readonly qtyBase: number;
};

/** What is wrong with a swap, in the contract's words. */
export type SwapRefusal =
  | { readonly code: 'NOT_FOUND' }
  /** It is short of another amount by now, or of nothing. */
  | { readonly code: 'CHANGED'; readonly shortBase: number }
  | { readonly code: 'NOT_ENOUGH'; readonly onHandBase: number };

/** `shortBase`: what the person saw missing. */
export type SwapWish = {
  readonly commandId: string;
  readonly batchId: string;
  readonly withBatchId: string;
  readonly shortBase: number;
};

/** Moves what a batch is short of out of another one. */
export function decideSwap(
  { packId, batches, swaps }: PackLedger,
  { commandId, batchId, withBatchId, shortBase }: SwapWish,
): Result<Swap, SwapRefusal> {
  const find = (id: string) => batches.find((batch) => batch.batchId === id) ?? null;
  const refusal = swapRefusal({ short: find(batchId), other: find(withBatchId) }, shortBase);
  if (refusal) return err(refusal);
  return ok({
    ...{ action: 'inventory.batch-swapped', reason: swapReason, packId, documentId: commandId },
    documentLine: swapNumber(swaps, batchId),
    ...{ into: batchId, outOf: withBatchId, qtyBase: shortBase },
  });
}

/** Takes a swap back that was made at both ends, as far as it was too much. */
export function decideSwapBack(
  ledger: PackLedger,
  swapId: string,
): Result<Swap, { readonly code: 'NOT_FOUND' }> {
  const surplus = surpluses(ledger).find((one) => one.swapId === swapId);
  if (!surplus?.from) return err({ code: 'NOT_FOUND' });
  return ok({
    ...{ action: 'inventory.batch-swap-undone', reason: swapUndoneReason },
    ...{ packId: ledger.packId, documentId: swapId, documentLine: null },
    ...{ into: surplus.from.batchId, outOf: surplus.batchId, qtyBase: surplus.surplusBase },
  });
}

/** Who settled it, where and when (UTC ms). `tillId` null: at HQ. */
export type SwapMade = {
  readonly storeId: string;
  readonly tillId: string | null;
  readonly actorId: string;
  readonly at: number;
  readonly businessDate: string;
  readonly auditId: string;
  readonly nextId: () => string;
};

/** The facts of a swap: its two movements, and the audit entry that says who made it. */
export function swapFacts(swap: Swap, { tillId, auditId, nextId, ...made }: SwapMade) {
  const { action, reason, packId, documentId, documentLine, into, outOf, qtyBase } = swap;
  return {
    movements: swapMoves(swap).map((move) => ({
      ...{ id: nextId(), ...made, ...move, packId, kind: 'adjust' as const },
      ...{ documentId, documentLine, reason },
    })),
    audit: {
      ...{ id: auditId, ...made, tillId, action, subjectId: into, reason },
      details: { packId, outOf, qtyBase, swapId: documentId },
    },
  };
}

/** As much into the one batch as out of the other. */
export const swapMoves = ({ into, outOf, qtyBase }: Pick<Swap, 'into' | 'outOf' | 'qtyBase'>) => [
  { batchId: into, qtyBase },
  { batchId: outOf, qtyBase: -qtyBase },
];

/** Whether the other batch could be sold is not asked: what was handed over was handed over. */
function swapRefusal(
  { short, other }: { readonly short: FefoBatch | null; readonly other: FefoBatch | null },
  shortBase: number,
): SwapRefusal | null {
  if (!short || !other || short.batchId === other.batchId) return { code: 'NOT_FOUND' };
  const isShortOf = Math.max(0, -short.onHandBase);
  if (isShortOf !== shortBase || shortBase === 0) return { code: 'CHANGED', shortBase: isShortOf };
  return other.onHandBase < shortBase ? { code: 'NOT_ENOUGH', onHandBase: other.onHandBase } : null;
}
