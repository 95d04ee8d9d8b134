import type { Pool } from 'pg';
import { isSoldByWeight } from '#shared/catalog/weighed-sale.ts';
import type { StoreOversell } from '#shared/inventory/calls.ts';
import { type OversellTask, oversellTasks, swapReason } from '#shared/inventory/oversell.ts';
import { localDate } from '#shared/kernel/zone.ts';
import { type PackAt, readLedgers } from './ledger.ts';

/** What a page shows; the rest comes up as these are settled. */
const MOST = 200;

/**
 * What was oversold in all stores, the last first. A fold over the books when it is asked for: intake keeps no flag of
 * it, so the hot path pays nothing, and what is settled at a till is gone from here.
 */
export async function listOversold(pool: Pool, nowMs: number): Promise<StoreOversell[]> {
  const { rows: asked } = await pool.query<Asked>(ASKED, [MOST]);
  const ledgers = await readLedgers(pool, asked);
  const found = ledgers.flatMap((ledger, i) => {
    const pack = asked[i];
    if (!pack) return [];
    const { storeId, storeName, zone, minShelfLifeDays, name, packSize } = pack;
    const words = { name, packSize, weighed: isSoldByWeight(pack) };
    const tasks = oversellTasks(ledger, { on: localDate(nowMs, zone), minShelfLifeDays });
    return tasks.map((task: OversellTask) => ({ storeId, storeName, task: { ...task, ...words } }));
  });
  const { rows: moved } = await pool.query<{ batchId: string; at: number }>(
    'SELECT batch_id AS "batchId", max(at) AS at FROM stock_movement WHERE batch_id = ANY ($1) GROUP BY batch_id',
    [found.map(({ task }) => task.batchId)],
  );
  const at = new Map(moved.map((row) => [row.batchId, row.at]));
  return found
    .map((one) => ({ ...one, at: at.get(one.task.batchId) ?? null }))
    .toSorted((a, b) => (b.at ?? 0) - (a.at ?? 0));
}

type Asked = PackAt & {
  readonly storeName: string;
  readonly zone: string;
  readonly minShelfLifeDays: number;
  readonly name: string;
  readonly packSize: number;
  readonly baseUnit: string;
  readonly breakable: boolean;
};

const ASKED = `
  SELECT asked.store_id AS "storeId", asked.pack_id AS "packId", s.name AS "storeName", s.zone,
         s.min_shelf_life_days AS "minShelfLifeDays", coalesce(m.brand || ', ' || p.label, '') AS name,
         coalesce(p.pack_size, 1) AS "packSize", coalesce(p.base_unit, '') AS "baseUnit",
         coalesce(p.breakable, false) AS breakable
    FROM (
      SELECT store_id, pack_id FROM on_hand WHERE qty_base < 0
      UNION
      SELECT store_id, pack_id FROM stock_movement WHERE reason = '${swapReason}'
    ) AS asked
    JOIN store s ON s.id = asked.store_id
    LEFT JOIN pack p ON p.id = asked.pack_id
    LEFT JOIN medicine m ON m.id = p.medicine_id
   ORDER BY s.code, name LIMIT $1`;
