import type pg from 'pg';
import type { Accepted, IntakeEffects } from '#shared/replica/plan.ts';
import { lockRegisters } from '../store/apply.ts';

/**
 * Flags returns after which more of a line came back than was sold: another counter had taken it back, and neither could
 * hear of the other. Money and goods have changed hands, so both stand; a person looks at the second one.
 *
 * Call it when the rows are in. The scopes' locks make of two such returns at once one after the other: the later one
 * sees the earlier. A flag the plan has given already stands before this one.
 */
export async function flagReturnedTwice(
  client: pg.PoolClient,
  effects: IntakeEffects,
): Promise<IntakeEffects> {
  const linesOf = new Map(effects.accepted.map((one) => [one, returnedLines(one)] as const));
  const lines = [...linesOf.values()].flat();
  if (lines.length === 0) return effects;
  await lockRegisters(client, new Set(effects.accepted.map(({ envelope }) => envelope.scope)));
  const { rows } = await client.query<{ saleLineId: string; receiptNo: string }>(OVER, [lines]);
  if (rows.length === 0) return effects;
  const over = new Map(rows.map((row) => [row.saleLineId, row.receiptNo]));
  const accepted = effects.accepted.map((one) => {
    const receiptNo = linesOf.get(one)?.flatMap((line) => over.get(line) ?? [])[0];
    return receiptNo === undefined || one.flag !== null
      ? one
      : { ...one, flag: `RETURNED_TWICE ${receiptNo}` };
  });
  const flags = new Map(accepted.map(({ envelope, flag }) => [envelope.dseq, flag]));
  const verdicts = effects.verdicts.map((verdict) => {
    const reason = flags.get(verdict.dseq);
    return verdict.verdict === 'accepted' && reason
      ? { dseq: verdict.dseq, verdict: 'flagged' as const, reason }
      : verdict;
  });
  return { ...effects, accepted, verdicts };
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
