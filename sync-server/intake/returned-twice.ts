import type pg from 'pg';
import type { Accepted } from '#shared/replica/plan.ts';
import { lockRegisters } from '../store/apply.ts';
import type { Found } from './flag-facts.ts';

/**
 * Returns after which more of a line came back than was sold: another counter had taken it back, and neither could hear of
 * the other. Money and goods have changed hands, so both stand.
 *
 * The scopes' locks make of two such returns at once one after the other: the later one sees the earlier.
 */
export async function findReturnedTwice(
  client: pg.PoolClient,
  accepted: readonly Accepted[],
): Promise<Found> {
  const linesOf = new Map(accepted.map((one) => [one, returnedLines(one)] as const));
  const lines = [...linesOf.values()].flat();
  if (lines.length === 0) return new Map();
  await lockRegisters(client, new Set(accepted.map(({ envelope }) => envelope.scope)));
  const { rows } = await client.query<{ saleLineId: string; receiptNo: string }>(OVER, [lines]);
  const over = new Map(rows.map((row) => [row.saleLineId, row.receiptNo]));
  return new Map(
    [...linesOf].flatMap(([one, own]) => {
      const receiptNo = own.flatMap((line) => over.get(line) ?? [])[0];
      return receiptNo === undefined ? [] : [[one, `RETURNED_TWICE ${receiptNo}`] as const];
    }),
  );
}

const returnedLines = ({ envelope }: Accepted): string[] =>
  envelope.body.changes.flatMap((change) =>
    change.op === 'insert' && change.t === 'sale_return_line' && typeof change.row.saleLineId === 'string'
      ? [change.row.saleLineId]
      : [],
  );

/** The fold `overReturned` of shared/sales/return.ts, over the lines of a batch. */
const OVER = `
  SELECT l.id AS "saleLineId", s.receipt_no AS "receiptNo"
    FROM sale_line l JOIN sale s ON s.id = l.sale_id
    JOIN sale_return_line r ON r.sale_line_id = l.id
   WHERE l.id = ANY ($1::text[])
   GROUP BY l.id, s.receipt_no HAVING sum(r.qty_base) > max(l.qty_base)
   ORDER BY l.id`;
