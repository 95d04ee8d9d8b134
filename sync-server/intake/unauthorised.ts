import type pg from 'pg';
import { instantOfAct } from '#shared/auth/authority.ts';
import { claimsOf } from '#shared/auth/claims.ts';
import type { Change, Row } from '#shared/replica/changeset.ts';
import type { Accepted } from '#shared/replica/plan.ts';
import type { Authority } from '../auth/authority.ts';
import type { Found } from './flag-facts.ts';

/**
 * Changesets that name somebody as having agreed who had no right to, as of the act: a blind return, a void, a return for
 * a cashier who may take none. The till's word alone is not enough; goods and money have changed hands all the same.
 */
export async function findUnauthorised(
  client: pg.PoolClient,
  accepted: readonly Accepted[],
  {
    authority,
    nowMs,
    byHq,
  }: { readonly authority: Authority; readonly nowMs: number; readonly byHq: boolean },
): Promise<Found> {
  if (byHq) return new Map();
  const inserts = new Map(accepted.map((one) => [one, one.envelope.body.changes.flatMap(insertOf)] as const));
  const deposits = await readDeposits(client, [...inserts.values()].flat());
  return new Map(
    [...inserts].flatMap(([one, inserted]) => {
      const { actor, at, skew, scope } = one.envelope;
      const asOf = instantOfAct({ at, skewMs: skew ?? 0 }, nowMs);
      const missing = claimsOf(actor, inserted, (packId) => deposits.has(packId)).find(
        ({ personId, right }) => !authority(personId, asOf, scope).has(right),
      );
      return missing ? [[one, `NOT_AUTHORISED ${missing.right}`] as const] : [];
    }),
  );
}

const insertOf = (change: Change): { readonly t: string; readonly row: Row }[] =>
  change.op === 'insert' ? [change] : [];

/** Of the packs that came back without a receipt, those that were only lent for money. */
async function readDeposits(
  client: pg.PoolClient,
  inserted: readonly { readonly t: string; readonly row: Row }[],
): Promise<ReadonlySet<string>> {
  if (!inserted.some(({ t, row }) => t === 'sale_return' && row.kind === 'blind')) return new Set();
  const packIds = inserted.flatMap(({ t, row }) => (t === 'sale_return_line' ? [String(row.packId)] : []));
  const { rows } = await client.query<{ id: string }>(
    `SELECT p.id FROM pack p JOIN medicine m ON m.id = p.medicine_id WHERE p.id = ANY ($1::text[]) AND m.sold_as = 'deposit'`,
    [packIds],
  );
  return new Set(rows.map(({ id }) => id));
}
