import type pg from 'pg';
import type { Change } from '#shared/replica/changeset.ts';
import type { Accepted } from '#shared/replica/plan.ts';
import type { Found } from './flag-facts.ts';

type Numbered = { readonly id: string; readonly series: string; readonly n: number };

/**
 * Keeps two devices that number from one series (a disk that was copied) apart until the commit, so that the later one sees
 * the earlier one's receipts. Tills have series of their own: nobody else waits. Taken before any scope's lock.
 */
export async function lockSeries(client: pg.PoolClient, changes: readonly Change[]): Promise<void> {
  const series = [...new Set(changes.flatMap(numbersOf).map((one) => one.series))].sort();
  if (series.length === 0) return;
  await client.query({
    name: 'lock series',
    text: `SELECT pg_advisory_xact_lock(hashtextextended('receipts ' || series, 0)) FROM unnest($1::text[]) AS given(series)`,
    values: [series],
  });
}

/** Sales and returns whose number another one bears: both receipts are in somebody's hands, and one number names two. */
export async function findReceiptsTwice(
  client: pg.PoolClient,
  accepted: readonly Accepted[],
): Promise<Found> {
  const numbers = accepted.flatMap((one) => numbersIn(one));
  if (numbers.length === 0) return new Map();
  const { rows } = await client.query<{ id: string; receiptNo: string }>({
    name: 'receipts twice',
    text: TWICE,
    values: [numbers.map(({ id }) => id), numbers.map((one) => one.series), numbers.map(({ n }) => n)],
  });
  return receiptsTwice(accepted, new Map(rows.map(({ id, receiptNo }) => [id, receiptNo])));
}

/** `twice`: receipts whose number another one bears, with that number, by id. */
export const receiptsTwice = (accepted: readonly Accepted[], twice: ReadonlyMap<string, string>): Found =>
  new Map(
    accepted.flatMap((one) => {
      const receiptNo = numbersIn(one).flatMap(({ id }) => twice.get(id) ?? [])[0];
      return receiptNo === undefined ? [] : [[one, `RECEIPT_TWICE ${receiptNo}`] as const];
    }),
  );

/** The numbers that a changeset gave away. */
export const numbersIn = ({ envelope }: Pick<Accepted, 'envelope'>): readonly Numbered[] =>
  envelope.body.changes.flatMap(numbersOf);

function numbersOf(change: Change): Numbered[] {
  if (change.op !== 'insert') return [];
  const { id } = change.row;
  const [series, n] =
    change.t === 'sale'
      ? [change.row.receiptSeries, change.row.receiptN]
      : change.t === 'sale_return'
        ? [change.row.returnSeries, change.row.returnN]
        : [];
  return typeof series === 'string' && Number.isSafeInteger(n)
    ? [{ id: String(id), series, n: Number(n) }]
    : [];
}

const TWICE = `
  SELECT given.id, other.receipt_no AS "receiptNo"
    FROM unnest($1::text[], $2::text[], $3::bigint[]) AS given(id, series, n)
    JOIN LATERAL (
      SELECT receipt_no FROM sale WHERE receipt_series = given.series AND receipt_n = given.n AND id <> given.id
      UNION ALL
      SELECT return_no FROM sale_return WHERE return_series = given.series AND return_n = given.n AND id <> given.id
      LIMIT 1
    ) AS other ON true`;
