import { isSoldByWeight } from '#shared/catalog/weighed-sale.ts';
import type { OversellTaskView } from '#shared/inventory/calls.ts';
import {
  type OversellTask,
  oversellTasks,
  type PackLedger,
  type SwapEntry,
  swapReason,
  swapUndoneReason,
} from '#shared/inventory/oversell.ts';
import {
  decideSwap,
  decideSwapBack,
  type Swap,
  type SwapRefusal,
  type SwapWish,
  swapFacts,
} from '#shared/inventory/swap.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Change } from '#shared/replica/changeset.ts';
import type { RowOf } from '#shared/schema.ts';
import type { Counter } from '../counter.ts';
import { nothing } from '../once.ts';
import { refuse } from '../refuse.ts';
import type { Sessions } from '../sessions.ts';

export type SwapCommand = SwapWish & { readonly packId: string };
export type SwapBackCommand = {
  readonly commandId: string;
  readonly packId: string;
  readonly swapId: string;
};

/** Batches this store sold more of than it had, and their settling by a person (SYNC.md, Oversell). */
export function createOversell(counter: Counter, sessions: Sessions) {
  const { db, storeId } = counter;
  const packs = db
    .prepare<[string], string>(
      `SELECT pack_id FROM on_hand WHERE qty_base < 0
       UNION SELECT pack_id FROM stock_movement WHERE reason = '${swapReason}' AND store_id = ?`,
    )
    .pluck();
  const swaps = db.prepare<[string, string, string], SwapEntry>(
    `SELECT m.id, m.batch_id AS batchId, m.qty_base AS qtyBase, m.document_id AS documentId,
            m.document_line AS documentLine, m.reason, m.at
       FROM batch b JOIN stock_movement m ON m.batch_id = b.id WHERE b.pack_id = ? AND m.reason IN (?, ?)`,
  );

  const ledgerOf = (packId: string): PackLedger => ({
    packId,
    batches: counter.batches.ofPack(packId),
    swaps: swaps.all(packId, swapReason, swapUndoneReason),
  });

  function tasksOf(packId: string): OversellTask[] {
    const day = { on: counter.today().date, minShelfLifeDays: counter.shop().minShelfLifeDays };
    return oversellTasks(ledgerOf(packId), day);
  }

  /** Once for each command; the movements, their audit entry and their changeset in one transaction. */
  function settle(commandId: string, decide: () => Result<Swap, SwapRefusal>): void {
    const { personId } = sessions.require(counter, 'inventory.adjust');
    counter.once.run({ what: 'batch swap', commandId, answer: nothing }, () => {
      const swap = decide();
      if (!swap.ok) return refuse(swap.error);
      const business = { type: 'stock-adjustment', actor: personId, subjectId: null };
      counter.replica.record({ ...business, changes: changesOf(counter, personId, swap.value) });
      return {};
    });
    for (const topic of ['sync', 'cart'] as const) counter.live.changed(topic);
  }

  return {
    list: (): OversellTaskView[] =>
      packs.all(storeId).flatMap((packId) => {
        const pack = counter.packs.find(packId, counter.today().business);
        const words = {
          name: pack ? `${pack.name}, ${pack.label}` : '',
          packSize: pack?.packSize ?? 1,
          weighed: pack !== null && isSoldByWeight(pack),
        };
        return tasksOf(packId).map((task) => ({ ...task, ...words }));
      }),

    /** Moves what a batch is short of out of another one. */
    swap(command: SwapCommand): void {
      settle(command.commandId, () => decideSwap(ledgerOf(command.packId), command));
    },

    /** Takes a swap back that was made at both ends. */
    undo({ commandId, packId, swapId }: SwapBackCommand): void {
      settle(commandId, () => decideSwapBack(ledgerOf(packId), swapId));
    },
  };
}

function changesOf(counter: Counter, actorId: string, swap: Swap): Change[] {
  const { storeId, tillId, ids } = counter;
  const { nowMs: at, business: businessDate } = counter.today();
  const made = { storeId, tillId, actorId, at, businessDate, auditId: ids.next(), nextId: ids.next };
  const { movements, audit } = swapFacts(swap, made);
  return [
    ...movements.map((row: RowOf<'stock_movement'>): Change => ({ t: 'stock_movement', op: 'insert', row })),
    { t: 'audit_entry', op: 'insert', row: audit satisfies RowOf<'audit_entry'> },
  ];
}
