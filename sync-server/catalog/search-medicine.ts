import type pg from 'pg';
import type { MedicineView } from '#shared/catalog/calls.ts';

/** One medicine with its packs, their prices and where they lie; null when there is none. */
export async function readMedicine(
  pool: pg.Pool,
  medicineId: string,
  today: string,
): Promise<MedicineView | null> {
  const [medicine, packs] = await Promise.all([
    pool.query<Omit<MedicineView, 'packs'>>(MEDICINE, [medicineId]),
    pool.query<MedicineView['packs'][number]>(PACKS, [medicineId, today]),
  ]);
  const [found] = medicine.rows;
  return found ? { ...found, packs: packs.rows } : null;
}

const MEDICINE = `
  SELECT id AS "medicineId", brand, tall_man AS "tallMan", generics, form, route, holder,
         schedule_class AS "scheduleClass", generic_group AS "genericGroup", register_ref AS "registerRef"
    FROM medicine WHERE id = $1 AND NOT deleted`;

/** Stock: all batches with something on hand, the first expiry among those that have. */
const PACKS = `
  SELECT p.id AS "packId", p.label, p.pack_size AS "packSize", p.base_unit AS "baseUnit", p.breakable, p.status,
         ARRAY(SELECT c.code FROM pack_code c WHERE c.pack_id = p.id AND NOT c.deleted ORDER BY c.code) AS codes,
         coalesce(tc.name, '') AS "taxClass",
         coalesce((SELECT r.pct3 FROM tax_rate r
                    WHERE r.tax_class_id = p.tax_class_id AND NOT r.deleted AND r.valid_from <= $2
                    ORDER BY r.valid_from DESC, r.id DESC LIMIT 1), '[]') AS "taxPct3",
         coalesce((SELECT jsonb_agg(jsonb_build_object('priceMinor', pr.price_minor, 'validFrom', pr.valid_from,
                            'storeId', pr.store_id, 'storeName', s.name) ORDER BY pr.valid_from DESC, pr.id DESC)
                     FROM price pr LEFT JOIN store s ON s.id = pr.store_id
                    WHERE pr.pack_id = p.id AND NOT pr.deleted), '[]') AS prices,
         coalesce((SELECT jsonb_agg(jsonb_build_object('storeId', s.id, 'storeCode', s.code, 'storeName', s.name,
                            'onHandBase', coalesce(o.qty, 0), 'firstExpiry', o.first_expiry) ORDER BY s.code)
                     FROM store s
                     LEFT JOIN (SELECT h.store_id, sum(h.qty_base) AS qty,
                                       min(b.expires_on) FILTER (WHERE h.qty_base > 0) AS first_expiry
                                  FROM on_hand h JOIN batch b ON b.id = h.batch_id
                                 WHERE h.pack_id = p.id GROUP BY h.store_id) o ON o.store_id = s.id
                    WHERE NOT s.deleted), '[]') AS stock
    FROM pack p LEFT JOIN tax_class tc ON tc.id = p.tax_class_id
   WHERE p.medicine_id = $1 AND NOT p.deleted ORDER BY p.status, p.pack_size, p.id`;
