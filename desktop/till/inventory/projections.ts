import type { Database } from 'better-sqlite3';
import { type BatchDecision, batchStatus } from '#shared/inventory/batch-state.ts';
import type { Projection } from '../store/replica.ts';

/** On hand and batch states, folded in the transaction of the facts they fold. */
export function stockProjections(db: Database): readonly Projection[] {
  const add = db.prepare(
    `INSERT INTO on_hand (batch_id, pack_id, qty_base) VALUES (?, ?, ?)
     ON CONFLICT (batch_id) DO UPDATE SET qty_base = qty_base + excluded.qty_base`,
  );
  const decisions = db.prepare<[string], BatchDecision>(
    `SELECT id, kind, ends_id AS endsId FROM batch_decision WHERE batch_id = ?`,
  );
  const setState = db.prepare(
    `INSERT INTO batch_state (batch_id, state) VALUES (?, ?) ON CONFLICT (batch_id) DO UPDATE SET state = excluded.state`,
  );
  return [
    { table: 'stock_movement', apply: (_id, row) => row && add.run(row.batchId, row.packId, row.qtyBase) },
    {
      table: 'batch_decision',
      apply: (_id, row) => row && setState.run(row.batchId, batchStatus(decisions.all(String(row.batchId)))),
    },
  ];
}
