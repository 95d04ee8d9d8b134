import type { OversellTaskView } from '#shared/inventory/calls.ts';
import {
  type OversellTask,
  oversellTasks,
  type SwapEntry,
  swapMoves,
  swapNumber,
  swapReason,
  swapRefusal,
  swapUndoneReason,
} from '#shared/inventory/oversell.ts';
import type { Change } from '#shared/replica/changeset.ts';
import type { RowOf } from '#shared/schema.ts';
import type { Counter } from '../counter.ts';
import { refuse } from '../refuse.ts';
import type { Sessions } from '../sessions.ts';

export type SwapCommand = {
  readonly commandId: string;
  readonly packId: string;
  readonly batchId: string;
  readonly withBatchId: string;
  readonly shortBase: number;
};
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
  const swapsOf = (packId: string) => swaps.all(packId, swapReason, swapUndoneReason);
  const doneBefore = db.prepare<[string], number>(`SELECT 1 FROM done_command WHERE id = ?`).pluck();
  const markDone = db.prepare(`INSERT INTO done_command (id, answer, at) VALUES (?, '{}', ?)`);

  function tasksOf(packId: string): OversellTask[] {
    const day = { on: counter.today().date, minShelfLifeDays: counter.shop().minShelfLifeDays };
    const batches = counter.batches.ofPack(packId);
    return oversellTasks({ packId, batches, swaps: swapsOf(packId) }, day);
  }

  /** Once for each command; the movements, their audit entry and their changeset in one transaction. */
  function settle(commandId: string, decide: () => Settled): void {
    const { personId } = sessions.require(counter, 'inventory.adjust');
    counter.transact(
      'batch swap',
      () => {
        if (doneBefore.get(commandId) !== undefined) return;
        const changes = changesOf(counter, personId, decide());
        const business = { type: 'stock-adjustment', actor: personId, subjectId: null };
        counter.replica.record({ ...business, changes });
        markDone.run(commandId, counter.today().nowMs);
      },
      'sync',
      'cart',
    );
  }

  return {
    list: (): OversellTaskView[] =>
      packs.all(storeId).flatMap((packId) => {
        const pack = counter.packs.find(packId, counter.today().business);
        const words = { name: pack ? `${pack.name}, ${pack.label}` : '', packSize: pack?.packSize ?? 1 };
        return tasksOf(packId).map((task) => ({ ...task, ...words }));
      }),

    /** Moves what a batch is short of out of another one. */
    swap({ commandId, packId, batchId, withBatchId, shortBase }: SwapCommand): void {
      settle(commandId, () => {
        const batches = counter.batches.ofPack(packId);
        const find = (id: string) => batches.find((batch) => batch.batchId === id) ?? null;
        const refusal = swapRefusal({ short: find(batchId), other: find(withBatchId) }, shortBase);
        if (refusal) refuse(refusal);
        return {
          ...{ action: 'inventory.batch-swapped', reason: swapReason, packId, documentId: commandId },
          documentLine: swapNumber(swapsOf(packId), batchId),
          ...{ into: batchId, outOf: withBatchId, qtyBase: shortBase },
        };
      });
    },

    /** Takes a swap back that was made at both ends. */
    undo({ commandId, packId, swapId }: SwapBackCommand): void {
      settle(commandId, () => {
        const task = tasksOf(packId).find((one) => one.kind === 'surplus' && one.swapId === swapId);
        if (task?.kind !== 'surplus' || !task.from) return refuse({ code: 'NOT_FOUND' });
        return {
          ...{ action: 'inventory.batch-swap-undone', reason: swapUndoneReason, packId, documentId: swapId },
          documentLine: null,
          ...{ into: task.from.batchId, outOf: task.batchId, qtyBase: task.surplusBase },
        };
      });
    },
  };
}

type Settled = {
  readonly action: string;
  readonly reason: string;
  readonly packId: string;
  readonly documentId: string;
  readonly documentLine: number | null;
  readonly into: string;
  readonly outOf: string;
  readonly qtyBase: number;
};

function changesOf(counter: Counter, actorId: string, settled: Settled): Change[] {
  const { storeId, tillId, ids } = counter;
  const { nowMs: at, business: businessDate } = counter.today();
  const { action, reason, packId, documentId, documentLine, into, outOf, qtyBase } = settled;
  const made = { storeId, at, businessDate, actorId };
  const movements = swapMoves(settled).map((move): Change => {
    const row: RowOf<'stock_movement'> = {
      ...{ id: ids.next(), ...made, ...move, packId, kind: 'adjust' },
      ...{ documentId, documentLine, reason },
    };
    return { t: 'stock_movement', op: 'insert', row };
  });
  const audit: RowOf<'audit_entry'> = {
    ...{ id: ids.next(), ...made, tillId, action, subjectId: into, reason },
    details: { packId, outOf, qtyBase, swapId: documentId },
  };
  return [...movements, { t: 'audit_entry', op: 'insert', row: audit }];
}
