import { randomBytes } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import {
  oversellTasks,
  type SwapRefusal,
  swapMoves,
  swapNumber,
  swapReason,
  swapRefusal,
  swapUndoneReason,
} from '#shared/inventory/oversell.ts';
import { uuidV7 } from '#shared/kernel/ids.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { businessDate, localDate } from '#shared/kernel/zone.ts';
import type { Change } from '#shared/replica/changeset.ts';
import type { RowOf } from '#shared/schema.ts';
import { inTransaction } from '../store/pool.ts';
import { writeChanges } from '../store/writer.ts';
import { type PackAt, readLedgers } from './ledger.ts';

export type SwapCommand = PackAt & {
  readonly commandId: string;
  readonly batchId: string;
  readonly withBatchId: string;
  readonly shortBase: number;
};
export type SwapBackCommand = PackAt & { readonly commandId: string; readonly swapId: string };
/** Who at HQ, and when (UTC ms). */
export type By = { readonly actor: string; readonly nowMs: number };

/** Moves what a batch is short of out of another one, at the store where both lie. Once for each command. */
export function swapBatch(pool: Pool, command: SwapCommand, by: By): Promise<Result<null, SwapRefusal>> {
  const { commandId, packId, batchId, withBatchId, shortBase } = command;
  return settle(pool, command, by, async (client) => {
    const [ledger] = await readLedgers(client, [command]);
    const find = (id: string) => ledger?.batches.find((batch) => batch.batchId === id) ?? null;
    const refusal = swapRefusal({ short: find(batchId), other: find(withBatchId) }, shortBase);
    if (refusal) return err(refusal);
    return ok({
      ...{ action: 'inventory.batch-swapped', reason: swapReason, packId, documentId: commandId },
      documentLine: swapNumber(ledger?.swaps ?? [], batchId),
      ...{ into: batchId, outOf: withBatchId, qtyBase: shortBase },
    });
  });
}

/** Takes a swap back that was made at both ends, as far as it was too much. */
export function undoSwap(
  pool: Pool,
  command: SwapBackCommand,
  by: By,
): Promise<Result<null, { readonly code: 'NOT_FOUND' }>> {
  const { packId, swapId } = command;
  return settle(pool, command, by, async (client, { zone }) => {
    const [ledger] = await readLedgers(client, [command]);
    const tasks = ledger ? oversellTasks(ledger, { on: localDate(by.nowMs, zone), minShelfLifeDays: 0 }) : [];
    const task = tasks.find((one) => one.kind === 'surplus' && one.swapId === swapId);
    if (task?.kind !== 'surplus' || !task.from) return err({ code: 'NOT_FOUND' });
    return ok({
      ...{ action: 'inventory.batch-swap-undone', reason: swapUndoneReason, packId, documentId: swapId },
      documentLine: null,
      ...{ into: task.from.batchId, outOf: task.batchId, qtyBase: task.surplusBase },
    });
  });
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
type StoreDay = { readonly zone: string; readonly dayStartHour: number };

/** The audit entry's id is the command's: the entry says that it was carried out. */
function settle<E extends { readonly code: string }>(
  pool: Pool,
  { commandId, storeId, packId }: PackAt & { readonly commandId: string },
  by: By,
  decide: (client: PoolClient, day: StoreDay) => Promise<Result<Settled, E>>,
): Promise<Result<null, E | { readonly code: 'NOT_FOUND' }>> {
  return inTransaction(pool, async (client) => {
    // Two people at HQ one after the other; what tills bring meanwhile waits for the sums, or comes before them.
    await client.query(
      'SELECT 1 FROM on_hand WHERE store_id = $1 AND pack_id = $2 ORDER BY store_id, batch_id FOR UPDATE',
      [storeId, packId],
    );
    const { rowCount } = await client.query('SELECT 1 FROM audit_entry WHERE id = $1', [commandId]);
    if (rowCount !== 0) return ok(null);
    const { rows } = await client.query<StoreDay>(
      'SELECT zone, day_start_hour AS "dayStartHour" FROM store WHERE id = $1',
      [storeId],
    );
    if (!rows[0]) return err({ code: 'NOT_FOUND' });
    const decided = await decide(client, rows[0]);
    if (!decided.ok) return decided;
    const changes = changesOf(decided.value, { storeId, auditId: commandId, day: rows[0], by });
    await writeChanges(client, { actor: by.actor, type: 'stock-adjustment' }, changes);
    return ok(null);
  });
}

function changesOf(
  settled: Settled,
  {
    storeId,
    auditId,
    day,
    by,
  }: { readonly storeId: string; readonly auditId: string; readonly day: StoreDay; readonly by: By },
): Change[] {
  const { action, reason, packId, documentId, documentLine, into, outOf, qtyBase } = settled;
  const made = {
    ...{ storeId, at: by.nowMs, actorId: by.actor },
    businessDate: businessDate(by.nowMs, day.zone, day.dayStartHour),
  };
  const movements = swapMoves(settled).map((move): Change => {
    const row: RowOf<'stock_movement'> = {
      ...{ id: uuidV7(by.nowMs, randomBytes(10)), ...made, ...move, packId, kind: 'adjust' },
      ...{ documentId, documentLine, reason },
    };
    return { t: 'stock_movement', op: 'insert', row };
  });
  const audit: RowOf<'audit_entry'> = {
    ...{ id: auditId, ...made, tillId: null, action, subjectId: into, reason },
    details: { packId, outOf, qtyBase, swapId: documentId },
  };
  return [...movements, { t: 'audit_entry', op: 'insert', row: audit }];
}
