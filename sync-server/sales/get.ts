import type { InferContractRouterOutputs } from '@orpc/contract';
import { toSVG } from 'bwip-js/node';
import type pg from 'pg';
import { readsAsWeight } from '#shared/catalog/weighed-sale.ts';
import { openEnvelope } from '#shared/replica/changeset.ts';
import type { salesHqCalls } from '#shared/sales/calls.ts';
import { readSaleFacts } from './get-facts.ts';
import { salesOf } from './list.ts';

export type SaleDetail = InferContractRouterOutputs<typeof salesHqCalls>['get'];

/** One sale with everything on its receipt and the way it came; null when HQ does not have it. */
export async function getSale(pool: pg.Pool, saleId: string): Promise<SaleDetail | null> {
  const [row] = await salesOf(pool, [saleId]);
  if (!row) return null;
  const [head, lines, taxes, facts, path] = await Promise.all([
    pool.query<Head>(HEAD, [saleId]),
    pool.query<LineRow>(LINES, [saleId]),
    pool.query<SaleDetail['taxes'][number]>(TAXES, [saleId]),
    readSaleFacts(pool, saleId),
    readPath(pool, { saleId, storeId: row.storeId, at: row.at }),
  ]);
  const [found] = head.rows;
  if (!found) return null;
  return {
    ...row,
    ...found,
    ...facts,
    lines: lines.rows.map(({ breakable, ...line }) => ({
      ...line,
      weighed: readsAsWeight({ ...line, breakable }),
    })),
    taxes: taxes.rows,
    codeSvg: toSVG({ bcid: 'qrcode', text: row.receiptNo }),
    arrivedAt: path?.arrivedAt ?? null,
    path: path?.path ?? null,
  };
}

type LineRow = Omit<SaleDetail['lines'][number], 'weighed'> & { readonly breakable: boolean };
type Head = Pick<
  SaleDetail,
  'store' | 'taxMode' | 'discountMinor' | 'taxMinor' | 'cashRoundingMinor' | 'changeMinor'
>;

/**
 * The changeset that brought a sale. The log has no index by sale: it is read in order from the hour before the sale
 * was made, which ends soon for what came online and after the days it waited for what did not.
 */
async function readPath(
  pool: pg.Pool,
  { saleId, storeId, at }: { saleId: string; storeId: string; at: number },
): Promise<{ path: NonNullable<SaleDetail['path']>; arrivedAt: number } | null> {
  const { rows } = await pool.query<PathRow>(PATH, [`store:${storeId}`, at, `%"${saleId}"%`]);
  const [found] = rows;
  if (!found) return null;
  const { envelope, arrivedAt, ...path } = found;
  const opened = openEnvelope(envelope);
  return { path: { ...path, prevHash: opened.ok ? opened.value.prevHash : '' }, arrivedAt };
}

type PathRow = Omit<NonNullable<SaleDetail['path']>, 'prevHash'> & {
  readonly envelope: string;
  readonly arrivedAt: number;
};

const HEAD = `
  SELECT s.tax_mode AS "taxMode", s.discount_minor AS "discountMinor", s.tax_minor AS "taxMinor",
         s.cash_rounding_minor AS "cashRoundingMinor", s.change_minor AS "changeMinor",
         jsonb_build_object('id', st.id, 'code', st.code, 'name', st.name, 'zone', st.zone, 'currency', st.currency,
           'minorDigits', st.minor_digits, 'cashStepMinor', st.cash_step_minor, 'taxMode', st.tax_mode,
           'language', st.language, 'addressLines', st.address_lines, 'licence', st.licence,
           'taxNumber', st.tax_number, 'receiptFooter', st.receipt_footer) AS store
    FROM sale s JOIN store st ON st.id = s.store_id WHERE s.id = $1`;

/** The batches of a line are its movements: documentLine is the line's number. */
const LINES = `
  SELECT l.line_no AS "lineNo", l.name, l.qty_base AS "qtyBase", l.pack_size AS "packSize", l.base_unit AS "baseUnit",
         coalesce(p.breakable, false) AS breakable, l.pack_price_minor AS "packPriceMinor", l.gross_minor AS "grossMinor",
         l.line_discount_minor + l.cart_discount_minor AS "discountMinor", l.line_discount_minor AS "lineDiscountMinor",
         l.cart_discount_minor AS "cartDiscountMinor", l.amount_minor AS "amountMinor", l.tax_minor AS "taxMinor",
         l.tax_pct3 AS "taxPct3",
         coalesce((SELECT jsonb_agg(jsonb_build_object('code', b.code, 'expiresOn', b.expires_on, 'qtyBase', -m.qty_base)
                                    ORDER BY b.expires_on, m.id)
                     FROM stock_movement m JOIN batch b ON b.id = m.batch_id
                    WHERE m.document_id = l.sale_id AND m.document_line = l.line_no AND m.kind = 'sell'), '[]') AS batches
    FROM sale_line l LEFT JOIN pack p ON p.id = l.pack_id WHERE l.sale_id = $1 ORDER BY l.line_no`;

const TAXES = `
  SELECT tax_pct3 AS "taxPct3", base_minor AS "baseMinor", tax_minor AS "taxMinor", components_minor AS "componentsMinor"
    FROM sale_tax WHERE sale_id = $1 ORDER BY tax_pct3::text, id`;

const PATH = `
  SELECT c.device, c.inc, c.dseq, c.seq, c.hash, c.envelope, coalesce(seen.verdict, 'accepted') AS verdict,
         (extract(epoch FROM c.at) * 1000)::bigint AS "arrivedAt"
    FROM (SELECT * FROM change_log
           WHERE scope = $1 AND at >= to_timestamp($2::bigint / 1000.0) - interval '1 hour' AND envelope LIKE $3
           ORDER BY seq LIMIT 1) c
    LEFT JOIN change_seen seen USING (device, inc, dseq)`;
