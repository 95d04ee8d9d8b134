import type { Change } from '#shared/replica/changeset.ts';
import type { PricedCart } from '#shared/sales/cart-pricing.ts';
import { pointsBack, pointsEarned, type Share } from '#shared/sales/loyalty.ts';
import type { PlannedReturn } from '#shared/sales/return.ts';
import type { RowOf } from '#shared/schema.ts';
import type { Counter } from '../counter.ts';
import { sameCustomer } from './same-customer.ts';

/**
 * What a customer has in points as this replica knows it, with what those have who were merged into them. Below 0 where
 * two tills that were apart used the same points: both stand.
 */
export const pointsOf = (counter: Counter, customerId: string): number =>
  counter.db
    .prepare<[string], number>(
      `SELECT coalesce(sum(points), 0) FROM loyalty_entry WHERE customer_id IN (SELECT value FROM json_each(?))`,
    )
    .pluck()
    .get(sameCustomer(counter, customerId)) ?? 0;

/** What a sale earns and uses, in its own changeset. */
export function pointsChanges(counter: Counter, sale: RowOf<'sale'>, { points }: PricedCart): Change[] {
  const { customerId } = sale;
  if (!customerId || !points) return [];
  const earned = pointsEarned(sale.totalMinor, counter.setting('sales.loyalty'));
  return [
    ...entryChange(counter, sale, { customerId, kind: 'earn', points: earned }),
    ...entryChange(counter, sale, { customerId, kind: 'redeem', points: -points.used }),
  ];
}

/**
 * What a return takes back of the points its sale earned, and gives back of those it used, each by its share. One entry
 * each, told apart by their signs.
 */
export function pointsBackChanges(
  counter: Counter,
  made: RowOf<'sale_return'>,
  planned: PlannedReturn,
): Change[] {
  const { customerId, saleId } = made;
  if (!customerId || !saleId) return [];
  const { earned, used } = pointsOfSale(counter, { customerId, saleId });
  if (earned === 0 && used === 0) return [];
  const share = shareOf(counter, saleId, planned);
  const entry = { customerId, kind: 'reverse' as const };
  return [
    ...entryChange(counter, made, { ...entry, points: -pointsBack(earned, share) }),
    ...entryChange(counter, made, { ...entry, points: pointsBack(used, share) }),
  ];
}

type Document = RowOf<'sale'> | RowOf<'sale_return'>;
type Entry = Pick<RowOf<'loyalty_entry'>, 'customerId' | 'kind' | 'points'>;

function entryChange(counter: Counter, of: Document, entry: Entry): Change[] {
  if (entry.points === 0) return [];
  const { id: documentId, storeId, tillId, at, businessDate, cashierId: actorId } = of;
  const row: RowOf<'loyalty_entry'> = {
    ...{ id: counter.ids.next(), storeId, tillId, ...entry },
    ...{ documentId, at, businessDate, actorId },
  };
  return [{ t: 'loyalty_entry', op: 'insert', row }];
}

const pointsOfSale = (
  counter: Counter,
  { customerId, saleId }: { readonly customerId: string; readonly saleId: string },
): { readonly earned: number; readonly used: number } =>
  counter.db
    .prepare<[string, string], { earned: number; used: number }>(
      `SELECT coalesce(sum(iif(kind = 'earn', points, 0)), 0) AS earned,
              coalesce(-sum(iif(kind = 'redeem', points, 0)), 0) AS used
       FROM loyalty_entry WHERE customer_id = ? AND document_id = ?`,
    )
    .get(customerId, saleId) ?? { earned: 0, used: 0 };

/** How much of a sale comes back by money; by base units where points had paid for all of it. */
function shareOf({ db }: Counter, saleId: string, planned: PlannedReturn): Share {
  const money = db
    .prepare<[string], { whole: number; before: number }>(
      `SELECT total_minor AS whole,
              (SELECT coalesce(sum(r.total_minor), 0) FROM sale_return r WHERE r.sale_id = s.id) AS before
       FROM sale s WHERE s.id = ?`,
    )
    .get(saleId);
  if (money && money.whole > 0) return { ...money, now: planned.totalMinor };
  const goods = db
    .prepare<[string], { whole: number; before: number }>(
      `SELECT coalesce(sum(qty_base), 0) AS whole,
              (SELECT coalesce(sum(b.qty_base), 0) FROM sale_return r JOIN sale_return_line b ON b.return_id = r.id
               WHERE r.sale_id = l.sale_id) AS before
       FROM sale_line l WHERE l.sale_id = ?`,
    )
    .get(saleId);
  const now = planned.lines.reduce((sum, { qtyBase }) => sum + qtyBase, 0);
  return { ...(goods ?? { whole: 0, before: 0 }), now };
}
