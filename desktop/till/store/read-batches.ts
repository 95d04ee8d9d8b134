import type { Database } from 'better-sqlite3';
import type { BatchStatus, FefoBatch } from '#shared/inventory/fefo.ts';
import { plainDate } from '#shared/kernel/calendar.ts';

/** A pack's batches with their state and what is on hand: what FEFO decides on. */
export function createBatchReader(db: Database, storeId: string) {
  const select = `SELECT b.id AS batchId, b.code, b.expires_on AS expiresOn, b.received_at AS receivedAt,
      coalesce(s.state, 'sellable') AS status, coalesce(h.qty_base, 0) AS onHandBase
    FROM batch b LEFT JOIN on_hand h ON h.batch_id = b.id LEFT JOIN batch_state s ON s.batch_id = b.id`;
  const ofPack = db.prepare<[string, string], BatchRow>(
    `${select} WHERE b.pack_id = ? AND b.store_id = ? AND NOT b.deleted`,
  );
  const state = db.prepare<[string], BatchStatus>(`SELECT state FROM batch_state WHERE batch_id = ?`).pluck();
  const one = db.prepare<[string], BatchRow>(`${select} WHERE b.id = ? AND NOT b.deleted`);
  return {
    ofPack: (packId: string): readonly FefoBatch[] => ofPack.all(packId, storeId).map(toBatch),
    /** Of any batch, on the books or not: decisions name a batch by what is printed on it. */
    status: (batchId: string): BatchStatus => state.get(batchId) ?? 'sellable',
    find(batchId: string): FefoBatch | null {
      const row = one.get(batchId);
      return row ? toBatch(row) : null;
    },
  };
}

type BatchRow = {
  readonly batchId: string;
  readonly code: string;
  readonly expiresOn: string;
  readonly receivedAt: number;
  readonly status: BatchStatus;
  readonly onHandBase: number;
};
const toBatch = (row: BatchRow): FefoBatch => ({ ...row, expiresOn: plainDate(row.expiresOn) });
