import type { ClientBase } from 'pg';
import type { PackRow, PresentRegister } from '#shared/catalog/import-diff.ts';
import type { MedicineRow } from '#shared/catalog/import-diff-medicine.ts';

/** What HQ has of a register now; `validFrom`: the day whose prices count. Run it inside one transaction. */
export async function readPresent(client: ClientBase, source: string, validFrom: string): Promise<PresentRegister> {
  const own = `${source}:%`;
  const medicines = await client.query<MedicineRow>(
    `select id, brand, generics, form, route, holder, schedule_class as "scheduleClass", tall_man as "tallMan",
            generic_group as "genericGroup", deleted
       from medicine where register_ref like $1`,
    [own],
  );
  const packs = await client.query<PackRow>(
    `select p.id, p.medicine_id as "medicineId", p.label, p.pack_size::int as "packSize", p.base_unit as "baseUnit",
            p.breakable, p.tax_class_id as "taxClassId", p.status, p.register_ref as "registerRef", p.deleted,
            exists (select from batch b where b.pack_id = p.id) as stocked
       from pack p where p.register_ref like $1`,
    [own],
  );
  // Live codes after deleted ones: a code that HQ took from a pack is not given back, unless another pack has it.
  const codes = await client.query<{ code: string; packId: string }>(
    'select code, pack_id as "packId" from pack_code order by deleted desc, id',
  );
  const prices = await client.query<{ packId: string; priceMinor: string }>(
    `select distinct on (pack_id) pack_id as "packId", price_minor as "priceMinor"
       from price where store_id is null and not deleted and valid_from <= $1
      order by pack_id, valid_from desc, id desc`,
    [validFrom],
  );
  const taxClasses = await client.query<{ id: string }>('select id from tax_class');
  return {
    medicines: new Map(medicines.rows.map((row) => [row.id, row])),
    packs: new Map(packs.rows.map((row) => [row.id, row])),
    codes: new Map(codes.rows.map((row) => [row.code, row.packId])),
    prices: new Map(prices.rows.map((row) => [row.packId, Number(row.priceMinor)])),
    taxClasses: new Set(taxClasses.rows.map((row) => row.id)),
  };
}

/** The zones the org has stores in. */
export async function storeZones(client: ClientBase): Promise<string[]> {
  const zones = await client.query<{ zone: string }>('select distinct zone from store where not deleted');
  return zones.rows.map((row) => row.zone);
}
