import type { Pool, PoolClient } from 'pg';
import { type BatchDecision, batchStatus } from '#shared/inventory/batch-state.ts';
import type { FefoBatch } from '#shared/inventory/fefo.ts';
import { type PackLedger, type SwapEntry, swapReason, swapUndoneReason } from '#shared/inventory/oversell.ts';
import { plainDate } from '#shared/kernel/calendar.ts';

/** A pack at one store. */
export type PackAt = { readonly storeId: string; readonly packId: string };

/** The books of packs at their stores, as oversell.ts folds them; in the order asked, read by a few statements. */
export async function readLedgers(
  client: Pool | PoolClient,
  asked: readonly PackAt[],
): Promise<(PackAt & PackLedger)[]> {
  const given = [asked.map(({ storeId }) => storeId), asked.map(({ packId }) => packId)];
  const { rows: batches } = await client.query<BatchRow>(BATCHES, given);
  const { rows: swaps } = await client.query<SwapRow>(SWAPS, [...given, [swapReason, swapUndoneReason]]);
  const states = await readStates(
    client,
    batches.map(({ batchId }) => batchId),
  );
  return asked.map(({ storeId, packId }) => {
    const here = (row: PackAt) => row.storeId === storeId && row.packId === packId;
    const withState = (row: BatchRow): FefoBatch => ({
      ...row,
      expiresOn: plainDate(row.expiresOn),
      status: batchStatus(states.get(row.batchId) ?? []),
    });
    return { storeId, packId, batches: batches.filter(here).map(withState), swaps: swaps.filter(here) };
  });
}

async function readStates(
  client: Pool | PoolClient,
  batchIds: readonly string[],
): Promise<Map<string, BatchDecision[]>> {
  const { rows } = await client.query<BatchDecision & { readonly batchId: string }>(
    `SELECT batch_id AS "batchId", id, kind, ends_id AS "endsId" FROM batch_decision WHERE batch_id = ANY ($1)`,
    [batchIds],
  );
  return Map.groupBy(rows, ({ batchId }) => batchId);
}

type BatchRow = PackAt & Omit<FefoBatch, 'status' | 'expiresOn'> & { readonly expiresOn: string };
type SwapRow = PackAt & SwapEntry;

const BATCHES = `
  SELECT b.store_id AS "storeId", b.pack_id AS "packId", b.id AS "batchId", b.code, b.expires_on AS "expiresOn",
         b.received_at AS "receivedAt", coalesce(h.qty_base, 0) AS "onHandBase"
    FROM unnest($1::text[], $2::text[]) AS asked(store_id, pack_id)
    JOIN batch b ON b.pack_id = asked.pack_id AND b.store_id = asked.store_id AND NOT b.deleted
    LEFT JOIN on_hand h ON h.store_id = b.store_id AND h.batch_id = b.id`;

const SWAPS = `
  SELECT m.store_id AS "storeId", m.pack_id AS "packId", m.id, m.batch_id AS "batchId", m.qty_base AS "qtyBase",
         m.document_id AS "documentId", m.document_line AS "documentLine", m.reason, m.at
    FROM unnest($1::text[], $2::text[]) AS asked(store_id, pack_id)
    JOIN batch b ON b.pack_id = asked.pack_id AND b.store_id = asked.store_id
    JOIN stock_movement m ON m.batch_id = b.id AND m.reason = ANY ($3)`;
