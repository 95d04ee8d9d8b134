import type { ClientBase, QueryResultRow } from 'pg';
import type { PackRow, PresentRegister } from '#shared/catalog/import-diff.ts';
import type { MedicineRow } from '#shared/catalog/import-diff-medicine.ts';

/**
 * What HQ has of a register now, as `client`'s open transaction sees it; `validFrom`: the day whose prices count.
 * Read in slices: a whole catalogue in one answer would hold up everyone else while it is taken apart.
 */
export async function readPresent(
  client: ClientBase,
  source: string,
  validFrom: string,
): Promise<PresentRegister> {
  const present = {
    medicines: new Map<string, MedicineRow>(),
    packs: new Map<string, PackRow>(),
    codes: new Map<string, string>(),
    prices: new Map<string, number>(),
    taxClasses: new Set<string>(),
  };
  const own = [`${source}:%`];
  await eachRow<MedicineRow>(client, MEDICINES, own, (row) => present.medicines.set(row.id, row));
  await eachRow<PackRow>(client, PACKS, own, (row) => present.packs.set(row.id, row));
  await eachRow<CodeRow>(client, CODES, [], (row) => present.codes.set(row.code, row.packId));
  await eachRow<PriceRow>(client, PRICES, [validFrom], (row) =>
    present.prices.set(row.packId, Number(row.priceMinor)),
  );
  await eachRow<{ id: string }>(client, 'select id from tax_class', [], (row) =>
    present.taxClasses.add(row.id),
  );
  return present;
}

type CodeRow = { readonly code: string; readonly packId: string };
type PriceRow = { readonly packId: string; readonly priceMinor: number };

const MEDICINES = `
  select id, brand, generics, form, route, holder, schedule_class as "scheduleClass", tall_man as "tallMan",
         generic_group as "genericGroup", deleted
    from medicine where register_ref like $1`;
const PACKS = `
  select p.id, p.medicine_id as "medicineId", p.label, p.pack_size::int as "packSize", p.base_unit as "baseUnit",
         p.breakable, p.tax_class_id as "taxClassId", p.status, p.register_ref as "registerRef", p.deleted,
         exists (select from batch b where b.pack_id = p.id) as stocked
    from pack p where p.register_ref like $1`;
/** Live codes after deleted ones: a code that HQ took from a pack is not given back, unless another pack has it. */
const CODES = 'select code, pack_id as "packId" from pack_code order by deleted desc, id';
const PRICES = `
  select distinct on (pack_id) pack_id as "packId", price_minor as "priceMinor"
    from price where store_id is null and not deleted and valid_from <= $1
   order by pack_id, valid_from desc, id desc`;

const SLICE = 500;

/** Every row of a query, in slices, inside an open transaction. */
export async function eachRow<R extends QueryResultRow>(
  client: ClientBase,
  sql: string,
  values: readonly string[],
  take: (row: R) => void,
): Promise<void> {
  await client.query(`declare import_rows no scroll cursor for ${sql}`, [...values]);
  for (;;) {
    const { rows } = await client.query<R>(`fetch ${SLICE} from import_rows`);
    for (const row of rows) take(row);
    if (rows.length < SLICE) break;
  }
  await client.query('close import_rows');
}

/** The days of the org's stores. */
export async function storeDays(client: ClientBase): Promise<readonly StoreDay[]> {
  const days = await client.query<StoreDay>(
    'select distinct zone, day_start_hour as "startHour" from store where not deleted',
  );
  return days.rows;
}

/** Where a store stands, and the hour at which its day in the books begins. */
export type StoreDay = { readonly zone: string; readonly startHour: number };
