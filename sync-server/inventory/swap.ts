import { randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import type { PackLedger } from '#shared/inventory/oversell.ts';
import {
  decideSwap,
  decideSwapBack,
  type Swap,
  type SwapRefusal,
  type SwapWish,
  swapFacts,
} from '#shared/inventory/swap.ts';
import { uuidV7 } from '#shared/kernel/ids.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { businessDate } from '#shared/kernel/zone.ts';
import type { Change } from '#shared/replica/changeset.ts';
import type { RowOf } from '#shared/schema.ts';
import { inTransaction } from '../store/pool.ts';
import { writeChanges } from '../store/writer.ts';
import { type PackAt, readLedgers } from './ledger.ts';

export type SwapCommand = PackAt & SwapWish;
export type SwapBackCommand = PackAt & { readonly commandId: string; readonly swapId: string };
/** Who at HQ, and when (UTC ms). */
export type By = { readonly actor: string; readonly nowMs: number };

/** Moves what a batch is short of out of another one, at the store where both lie. Once for each command. */
export const swapBatch = (pool: Pool, command: SwapCommand, by: By): Promise<Result<null, SwapRefusal>> =>
  settle(pool, command, { by, decide: (ledger) => decideSwap(ledger, command) });

/** Takes a swap back that was made at both ends, as far as it was too much. */
export const undoSwap = (
  pool: Pool,
  command: SwapBackCommand,
  by: By,
): Promise<Result<null, { readonly code: 'NOT_FOUND' }>> =>
  settle(pool, command, { by, decide: (ledger) => decideSwapBack(ledger, command.swapId) });

type StoreDay = { readonly zone: string; readonly dayStartHour: number };

/** The audit entry's id is the command's: the entry says that it was carried out. */
function settle<E extends { readonly code: string }>(
  pool: Pool,
  { commandId, storeId, packId }: PackAt & { readonly commandId: string },
  { by, decide }: { readonly by: By; readonly decide: (ledger: PackLedger) => Result<Swap, E> },
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
    const [ledger] = await readLedgers(client, [{ storeId, packId }]);
    const swap = ledger ? decide(ledger) : err({ code: 'NOT_FOUND' } as const);
    if (!swap.ok) return swap;
    const { actor, nowMs: at } = by;
    const { movements, audit } = swapFacts(swap.value, {
      ...{ storeId, tillId: null, actorId: actor, at, auditId: commandId },
      businessDate: businessDate(at, rows[0].zone, rows[0].dayStartHour),
      nextId: () => uuidV7(at, randomBytes(10)),
    });
    await writeChanges(client, { actor, type: 'stock-adjustment' }, [
      ...movements.map(
        (row: RowOf<'stock_movement'>): Change => ({ t: 'stock_movement', op: 'insert', row }),
      ),
      { t: 'audit_entry', op: 'insert', row: audit satisfies RowOf<'audit_entry'> },
    ]);
    return ok(null);
  });
}
