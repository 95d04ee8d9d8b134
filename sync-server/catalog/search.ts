import type { InferContractRouterOutputs } from '@orpc/contract';
import type pg from 'pg';
import type { catalogHqCalls } from '#shared/catalog/calls.ts';
import { codeKey, fold } from '#shared/catalog/search-text.ts';
import { isSoldByWeight } from '#shared/catalog/weighed-sale.ts';

type Found = InferContractRouterOutputs<typeof catalogHqCalls>['search'];

/**
 * Packs whose medicine has every word of `text` in its name, generics, form or holder, or whose code begins so. Names
 * that begin with the text come first. An empty text lists the catalogue from its start. `today` picks the price.
 */
export async function searchCatalogue(
  pool: pg.Pool,
  { text, limit, today }: { readonly text: string; readonly limit: number; readonly today: string },
): Promise<Found> {
  const words = fold(text)
    .split(/\s+/)
    .filter((word) => word !== '');
  const code = codeKey(text).toUpperCase();
  const { rows } = await pool.query<Row>(SEARCH, [
    words.map((word) => `%${escapeLike(word)}%`),
    `${escapeLike(words.join(' '))}%`,
    code.length >= 4 ? codePrefixes(code) : [],
    limit,
    today,
  ]);
  return { total: rows[0]?.total ?? 0, rows: rows.map(toPack) };
}

type Row = Omit<Found['rows'][number], 'weighed'> & {
  readonly total: number;
  readonly baseUnit: string;
  readonly breakable: boolean;
};

const toPack = ({ total: _, baseUnit, breakable, ...row }: Row): Found['rows'][number] => ({
  ...row,
  weighed: isSoldByWeight({ baseUnit, breakable }),
});

/** Look-up keys that begin with what was typed; a GTIN is kept in 14 digits and typed in 8 to 14. */
const codePrefixes = (code: string): string[] =>
  /^[0-9]+$/.test(code)
    ? [`gtin:${code}`, `gtin:0${code}`, `gtin:00${code}`, `cip7:${code}`, `pzn:${code}`, `sku:${code}`]
    : [`sku:${code}`, `hibc:${code}`];

const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);

/** `medicine.search` is folded when it is written (migrations/postgres, catalogue_search) and begins with the brand. */
const SEARCH = `
  WITH named AS MATERIALIZED (
    SELECT m.id, m.search AS name FROM medicine m WHERE NOT m.deleted AND m.search LIKE ALL ($1::text[])
  ), coded AS MATERIALIZED (
    SELECT DISTINCT c.pack_id FROM unnest($3::text[]) AS typed(prefix)
      JOIN pack_code c ON c.code ~>=~ typed.prefix AND c.code ~<~ (typed.prefix || '~') WHERE NOT c.deleted
  ), hit AS MATERIALIZED (
    SELECT p.id, p.medicine_id, n.name, n.id IS NULL AS by_code
      FROM pack p LEFT JOIN named n ON n.id = p.medicine_id
     WHERE NOT p.deleted AND (n.id IS NOT NULL OR p.id IN (SELECT pack_id FROM coded))
  ), page AS MATERIALIZED (
    SELECT h.*, row_number() OVER w AS place FROM hit h
    WINDOW w AS (ORDER BY h.by_code DESC, coalesce(h.name LIKE $2, false) DESC, h.name, h.id)
     ORDER BY place LIMIT $4
  )
  SELECT (SELECT count(*)::int FROM hit) AS total, p.id AS "packId", p.medicine_id AS "medicineId", m.brand, m.tall_man AS "tallMan", m.generics, m.form,
         p.label, p.pack_size AS "packSize", p.base_unit AS "baseUnit", p.breakable, m.schedule_class AS "scheduleClass", p.status, coalesce(tc.name, '') AS "taxClass",
         ARRAY(SELECT c.code FROM pack_code c WHERE c.pack_id = p.id AND NOT c.deleted ORDER BY c.code) AS codes,
         (SELECT pr.price_minor FROM price pr
           WHERE pr.pack_id = p.id AND pr.store_id IS NULL AND NOT pr.deleted AND pr.valid_from <= $5
           ORDER BY pr.valid_from DESC, pr.id DESC LIMIT 1) AS "priceMinor",
         coalesce((SELECT sum(o.qty_base) FROM on_hand o WHERE o.pack_id = p.id), 0)::bigint AS "onHandBase"
    FROM page h JOIN pack p ON p.id = h.id JOIN medicine m ON m.id = p.medicine_id
    LEFT JOIN tax_class tc ON tc.id = p.tax_class_id
   ORDER BY h.place`;
